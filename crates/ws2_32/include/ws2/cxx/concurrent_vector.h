/* Microsoft's vector for several threads: it grows under a lock, and what is in it stays where it is. */
#ifndef WS2_CXX_CONCURRENT_VECTOR_H
#define WS2_CXX_CONCURRENT_VECTOR_H
#pragma GCC system_header

#include <cstddef>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace concurrency {

template <typename T> class concurrent_vector {
    mutable std::mutex lock;
    std::deque<T> items;
    typedef std::lock_guard<std::mutex> guard;

public:
    typedef T value_type;
    typedef std::size_t size_type;
    typedef T &reference;
    typedef const T &const_reference;
    typedef typename std::deque<T>::iterator iterator;
    typedef typename std::deque<T>::const_iterator const_iterator;

    concurrent_vector() = default;
    explicit concurrent_vector(size_type count, const T &item = T()) : items(count, item) {}
    template <typename Iterator> concurrent_vector(Iterator first, Iterator last) : items(first, last) {}
    concurrent_vector(const concurrent_vector &other) : items(other.copy()) {}
    concurrent_vector &operator=(const concurrent_vector &other)
    {
        if (this != &other) {
            std::deque<T> all = other.copy();
            guard held(lock);
            items.swap(all);
        }
        return *this;
    }

    iterator push_back(const T &item)
    {
        guard held(lock);
        items.push_back(item);
        return items.end() - 1;
    }
    iterator push_back(T &&item)
    {
        guard held(lock);
        items.push_back(std::move(item));
        return items.end() - 1;
    }
    iterator grow_by(size_type count, const T &item = T())
    {
        guard held(lock);
        items.insert(items.end(), count, item);
        return items.end() - (std::ptrdiff_t)count;
    }
    iterator grow_to_at_least(size_type count)
    {
        guard held(lock);
        std::ptrdiff_t before = (std::ptrdiff_t)items.size();
        if (items.size() < count)
            items.resize(count);
        return items.begin() + before;
    }
    T &operator[](size_type index)
    {
        guard held(lock);
        return items[index];
    }
    const T &operator[](size_type index) const
    {
        guard held(lock);
        return items[index];
    }
    T &at(size_type index)
    {
        guard held(lock);
        return items.at(index);
    }
    const T &at(size_type index) const
    {
        guard held(lock);
        return items.at(index);
    }
    size_type size() const
    {
        guard held(lock);
        return items.size();
    }
    bool empty() const { return size() == 0; }
    void reserve(size_type) {}
    /* Not while others use it: as with Microsoft's. */
    void clear() { items.clear(); }
    void resize(size_type count) { items.resize(count); }
    void shrink_to_fit() { items.shrink_to_fit(); }
    T &front() { return items.front(); }
    T &back() { return items.back(); }
    iterator begin() { return items.begin(); }
    iterator end() { return items.end(); }
    const_iterator begin() const { return items.begin(); }
    const_iterator end() const { return items.end(); }

private:
    std::deque<T> copy() const
    {
        guard held(lock);
        return items;
    }
};

} /* namespace concurrency */

namespace Concurrency = concurrency;

#endif
