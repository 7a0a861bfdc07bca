/* Microsoft's queues for several threads, by a lock. */
#ifndef WS2_CXX_CONCURRENT_QUEUE_H
#define WS2_CXX_CONCURRENT_QUEUE_H
#pragma GCC system_header

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace concurrency {

template <typename T> class concurrent_queue {
    mutable std::mutex lock;
    std::deque<T> items;

public:
    typedef T value_type;
    typedef std::size_t size_type;

    concurrent_queue() = default;
    concurrent_queue(const concurrent_queue &other) : items(other.copy()) {}
    template <typename Iterator> concurrent_queue(Iterator first, Iterator last) : items(first, last) {}

    void push(const T &item)
    {
        std::lock_guard<std::mutex> guard(lock);
        items.push_back(item);
    }
    void push(T &&item)
    {
        std::lock_guard<std::mutex> guard(lock);
        items.push_back(std::move(item));
    }
    bool try_pop(T &place)
    {
        std::lock_guard<std::mutex> guard(lock);
        if (items.empty())
            return false;
        place = std::move(items.front());
        items.pop_front();
        return true;
    }
    bool empty() const
    {
        std::lock_guard<std::mutex> guard(lock);
        return items.empty();
    }
    /* Not while others push and pop: as with Microsoft's. */
    size_type unsafe_size() const { return items.size(); }
    void clear()
    {
        std::lock_guard<std::mutex> guard(lock);
        items.clear();
    }

private:
    std::deque<T> copy() const
    {
        std::lock_guard<std::mutex> guard(lock);
        return items;
    }
};

} /* namespace concurrency */

namespace Concurrency = concurrency;

#endif
