/* Microsoft's priority queue for several threads, by a lock. */
#ifndef WS2_CXX_CONCURRENT_PRIORITY_QUEUE_H
#define WS2_CXX_CONCURRENT_PRIORITY_QUEUE_H
#pragma GCC system_header

#include <algorithm>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace concurrency {

template <typename T, typename Less = std::less<T>> class concurrent_priority_queue {
    mutable std::mutex lock;
    std::vector<T> heap;
    Less less;

public:
    typedef T value_type;
    typedef std::size_t size_type;

    concurrent_priority_queue() = default;
    explicit concurrent_priority_queue(size_type capacity) { heap.reserve(capacity); }

    void push(T item)
    {
        std::lock_guard<std::mutex> guard(lock);
        heap.push_back(std::move(item));
        std::push_heap(heap.begin(), heap.end(), less);
    }
    bool try_pop(T &place)
    {
        std::lock_guard<std::mutex> guard(lock);
        if (heap.empty())
            return false;
        std::pop_heap(heap.begin(), heap.end(), less);
        place = std::move(heap.back());
        heap.pop_back();
        return true;
    }
    bool empty() const
    {
        std::lock_guard<std::mutex> guard(lock);
        return heap.empty();
    }
    size_type size() const
    {
        std::lock_guard<std::mutex> guard(lock);
        return heap.size();
    }
    void clear()
    {
        std::lock_guard<std::mutex> guard(lock);
        heap.clear();
    }
};

} /* namespace concurrency */

namespace Concurrency = concurrency;

#endif
