/* Microsoft's map for several threads, by a lock: what is in it stays where it is when others come. */
#ifndef WS2_CXX_CONCURRENT_UNORDERED_MAP_H
#define WS2_CXX_CONCURRENT_UNORDERED_MAP_H
#pragma GCC system_header

#include <cstddef>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace concurrency {

template <typename Key, typename Value, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
class concurrent_unordered_map {
    typedef std::unordered_map<Key, Value, Hash, Equal> Map;
    typedef std::lock_guard<std::mutex> guard;
    mutable std::mutex lock;
    Map items;

public:
    typedef Key key_type;
    typedef Value mapped_type;
    typedef typename Map::value_type value_type;
    typedef typename Map::iterator iterator;
    typedef typename Map::const_iterator const_iterator;
    typedef std::size_t size_type;

    concurrent_unordered_map() = default;
    concurrent_unordered_map(const concurrent_unordered_map &other) : items(other.copy()) {}
    concurrent_unordered_map &operator=(const concurrent_unordered_map &other)
    {
        if (this != &other) {
            Map all = other.copy();
            guard held(lock);
            items.swap(all);
        }
        return *this;
    }

    std::pair<iterator, bool> insert(const value_type &item)
    {
        guard held(lock);
        return items.insert(item);
    }
    template <typename... Arguments> std::pair<iterator, bool> emplace(Arguments &&...arguments)
    {
        guard held(lock);
        return items.emplace(std::forward<Arguments>(arguments)...);
    }
    Value &operator[](const Key &key)
    {
        guard held(lock);
        return items[key];
    }
    Value &at(const Key &key)
    {
        guard held(lock);
        return items.at(key);
    }
    const Value &at(const Key &key) const
    {
        guard held(lock);
        return items.at(key);
    }
    iterator find(const Key &key)
    {
        guard held(lock);
        return items.find(key);
    }
    const_iterator find(const Key &key) const
    {
        guard held(lock);
        return items.find(key);
    }
    size_type count(const Key &key) const
    {
        guard held(lock);
        return items.count(key);
    }
    size_type size() const
    {
        guard held(lock);
        return items.size();
    }
    bool empty() const { return size() == 0; }
    /* Not while others use it: as with Microsoft's. */
    size_type unsafe_erase(const Key &key) { return items.erase(key); }
    iterator unsafe_erase(iterator place) { return items.erase(place); }
    void clear() { items.clear(); }
    iterator begin() { return items.begin(); }
    iterator end() { return items.end(); }
    const_iterator begin() const { return items.begin(); }
    const_iterator end() const { return items.end(); }

private:
    Map copy() const
    {
        guard held(lock);
        return items;
    }
};

} /* namespace concurrency */

namespace Concurrency = concurrency;

#endif
