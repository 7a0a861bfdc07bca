/* Microsoft's parallel patterns, on threads of the standard library: as many as the computer has processors, for as long
 * as a call lasts. */
#ifndef WS2_CXX_PPL_H
#define WS2_CXX_PPL_H
#pragma GCC system_header

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <concurrent_vector.h>

namespace concurrency {

/* The first exception of several threads, for the one that waits for them. */
class ws2_first_exception {
    std::mutex lock;
    std::exception_ptr first;

public:
    template <typename Function> void run(Function &&function)
    {
        try {
            function();
        } catch (...) {
            std::lock_guard<std::mutex> guard(lock);
            if (!first)
                first = std::current_exception();
        }
    }
    void rethrow()
    {
        std::exception_ptr thrown;
        {
            std::lock_guard<std::mutex> guard(lock);
            std::swap(thrown, first);
        }
        if (thrown)
            std::rethrow_exception(thrown);
    }
};

/* Calls `function` with 0 to `count` - 1, each once. */
template <typename Function> void ws2_share(std::size_t count, const Function &function)
{
    std::size_t threads = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    std::size_t batch = std::max<std::size_t>(count / (threads * 8), 1);
    std::atomic<std::size_t> next(0);
    ws2_first_exception thrown;
    auto work = [&] {
        thrown.run([&] {
            for (std::size_t at; (at = next.fetch_add(batch)) < count;)
                for (std::size_t index = at; index < std::min(at + batch, count); index++)
                    function(index);
        });
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min(threads, count); i++)
        others.emplace_back(work);
    work();
    for (std::thread &other : others)
        other.join();
    thrown.rethrow();
}

template <typename Index, typename Function>
void parallel_for(Index first, Index last, Index step, const Function &function)
{
    if (first < last && step > 0)
        ws2_share((std::size_t)((last - first + step - 1) / step),
                  [&](std::size_t at) { function((Index)(first + (Index)at * step)); });
}

template <typename Index, typename Function> void parallel_for(Index first, Index last, const Function &function)
{
    parallel_for(first, last, (Index)1, function);
}

template <typename Iterator, typename Function>
void parallel_for_each(Iterator first, Iterator last, const Function &function)
{
    std::vector<Iterator> all;
    for (; first != last; ++first)
        all.push_back(first);
    ws2_share(all.size(), [&](std::size_t at) { function(*all[at]); });
}

template <typename From, typename To, typename Function>
To parallel_transform(From first, From last, To place, const Function &function)
{
    std::size_t count = (std::size_t)std::distance(first, last);
    ws2_share(count, [&](std::size_t at) {
        *std::next(place, (std::ptrdiff_t)at) = function(*std::next(first, (std::ptrdiff_t)at));
    });
    return std::next(place, (std::ptrdiff_t)count);
}

template <typename Iterator, typename T, typename Function>
T parallel_reduce(Iterator first, Iterator last, const T &identity, const Function &function)
{
    T sum = identity;
    for (; first != last; ++first)
        sum = function(sum, *first);
    return sum;
}

template <typename Iterator> void parallel_sort(Iterator first, Iterator last)
{
    std::sort(first, last);
}

template <typename Iterator, typename Less> void parallel_sort(Iterator first, Iterator last, const Less &less)
{
    std::sort(first, last, less);
}

template <typename... Functions> void parallel_invoke(const Functions &...functions)
{
    std::vector<std::function<void()>> all{functions...};
    ws2_share(all.size(), [&](std::size_t at) { all[at](); });
}

enum task_group_status { not_complete, completed, canceled };

template <typename Function> class task_handle {
    Function function;

public:
    explicit task_handle(const Function &function) : function(function) {}
    void operator()() const { function(); }
};

template <typename Function> task_handle<Function> make_task(const Function &function)
{
    return task_handle<Function>(function);
}

/* A thread for each task. */
class task_group {
    std::mutex lock;
    std::vector<std::thread> tasks;
    ws2_first_exception thrown;
    std::atomic<bool> stopped{false};

public:
    task_group() = default;
    task_group(const task_group &) = delete;
    task_group &operator=(const task_group &) = delete;
    ~task_group() { join(); }

    template <typename Function> void run(const Function &function)
    {
        std::lock_guard<std::mutex> guard(lock);
        tasks.emplace_back([this, function] {
            if (!stopped)
                thrown.run(function);
        });
    }
    task_group_status wait()
    {
        join();
        thrown.rethrow();
        return stopped.exchange(false) ? canceled : completed;
    }
    template <typename Function> task_group_status run_and_wait(const Function &function)
    {
        if (!stopped)
            thrown.run(function);
        return wait();
    }
    void cancel() { stopped = true; }
    bool is_canceling() const { return stopped; }

private:
    void join()
    {
        for (;;) {
            std::vector<std::thread> now;
            {
                std::lock_guard<std::mutex> guard(lock);
                now.swap(tasks);
            }
            if (now.empty())
                return;
            for (std::thread &task : now)
                task.join();
        }
    }
};
typedef task_group structured_task_group;

class critical_section {
    std::mutex own;

public:
    void lock() { own.lock(); }
    bool try_lock() { return own.try_lock(); }
    void unlock() { own.unlock(); }
    class scoped_lock {
        critical_section &held;

    public:
        explicit scoped_lock(critical_section &section) : held(section) { held.lock(); }
        ~scoped_lock() { held.unlock(); }
        scoped_lock(const scoped_lock &) = delete;
        scoped_lock &operator=(const scoped_lock &) = delete;
    };
};

/* A value of each thread. */
template <typename T> class combinable {
    std::mutex lock;
    std::map<std::thread::id, T> values;
    std::function<T()> first;

public:
    combinable() : first([] { return T(); }) {}
    template <typename Function> explicit combinable(Function function) : first(function) {}
    T &local()
    {
        std::lock_guard<std::mutex> guard(lock);
        auto place = values.find(std::this_thread::get_id());
        if (place == values.end())
            place = values.emplace(std::this_thread::get_id(), first()).first;
        return place->second;
    }
    template <typename Function> T combine(Function function)
    {
        std::lock_guard<std::mutex> guard(lock);
        if (values.empty())
            return first();
        auto place = values.begin();
        T sum = place->second;
        while (++place != values.end())
            sum = function(sum, place->second);
        return sum;
    }
    template <typename Function> void combine_each(Function function)
    {
        std::lock_guard<std::mutex> guard(lock);
        for (auto &value : values)
            function(value.second);
    }
    void clear()
    {
        std::lock_guard<std::mutex> guard(lock);
        values.clear();
    }
};

} /* namespace concurrency */

namespace Concurrency = concurrency;

#endif
