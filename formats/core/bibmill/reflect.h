// Copying and comparing values of any type, by the members that each type lists (values.h).
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include "bibmill/record.h"

namespace bibmill {

namespace detail {

struct AnyVisitor {
  template <class... Arguments>
  constexpr void operator()(Arguments&&...) const {}
};

}  // namespace detail

/// A type that lists its members.
template <class T>
concept Described = requires { T::members(detail::AnyVisitor{}); };

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<List<T>> : std::true_type {};

template <class T>
T clone(const T& value, Arena& arena);
template <class T, class Member>
bool is_default_member(const T& value, const T& standard, Member member);

namespace detail {

template <class T>
T clone_list(const T& list, Arena& arena) {
  T copy;
  copy.reserve(arena, list.size());
  for (const auto& element : list) copy.push_back(arena, clone(element, arena));
  return copy;
}

}  // namespace detail

/// A deep copy whose text and lists belong to `arena`.
template <class T>
T clone(const T& value, Arena& arena) {
  if constexpr (std::is_same_v<T, Str>) {
    return arena.copy(value);
  } else if constexpr (IsList<T>::value) {
    return detail::clone_list(value, arena);
  } else if constexpr (Described<T>) {
    T copy = value;
    T::members([&](std::string_view, auto member, std::string_view) { copy.*member = clone(value.*member, arena); });
    return copy;
  } else {
    return value;
  }
}

Value clone(const Value& value, Arena& arena);
Entry clone(const Entry& entry, Arena& arena);
Extra clone(const Extra& extra, Arena& arena);
/// A deep copy of the whole record in `arena`.
Record clone(const Record& record, std::shared_ptr<Arena> arena);

/// The same content: spans and raw texts do not count.
template <class T>
bool same_content(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, Span>) {
    return true;
  } else if constexpr (IsList<T>::value) {
    if (a.size() != b.size()) return false;
    for (std::size_t at = 0; at < a.size(); ++at)
      if (!same_content(a[at], b[at])) return false;
    return true;
  } else if constexpr (Described<T>) {
    bool same = true;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (same && name != "raw") same = same_content(a.*member, b.*member);
    });
    return same;
  } else {
    return a == b;
  }
}

bool same_content(const Value& a, const Value& b);

/// Adds to `hash` what `same_content` compares.
template <class T>
void hash_content(std::uint64_t& hash, const T& value) {
  const auto add = [&](std::uint64_t bits) {
    hash = (hash ^ bits) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29U;
  };
  if constexpr (std::is_same_v<T, Span>) {
    return;
  } else if constexpr (std::is_same_v<T, Str>) {
    add(value.size());
    for (const char c : value) add(static_cast<unsigned char>(c));
  } else if constexpr (IsList<T>::value) {
    add(value.size());
    for (const auto& element : value) hash_content(hash, element);
  } else if constexpr (Described<T>) {
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (name != "raw") hash_content(hash, value.*member);
    });
  } else if constexpr (std::is_same_v<T, Marks>) {
    add(value.bits);
  } else if constexpr (std::is_same_v<T, DatePoint>) {
    for (const int part : {value.year, std::int32_t{value.month}, std::int32_t{value.day}, std::int32_t{value.season}}) add(static_cast<std::uint64_t>(part));  // tells most apart
  } else {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    add(static_cast<std::uint64_t>(value));
  }
}

/// Equal for equal content, and only in this process what it is.
std::uint64_t hash_content(const Value& value);

/// Is the value as it is by default, raw text included, and so need not be written?
template <class T>
bool is_default(const T& value) {
  if constexpr (std::is_same_v<T, Span>) {
    return true;
  } else if constexpr (IsList<T>::value || std::is_same_v<T, Str>) {
    return value.empty();
  } else if constexpr (Described<T>) {
    const T standard{};
    bool same = true;
    T::members([&](std::string_view, auto member, std::string_view) { same = same && is_default_member(value, standard, member); });
    return same;
  } else {
    return value == T{};
  }
}

/// Is this member of `value` as it is in `standard`, a value by default? (A flag may be true by default.)
template <class T, class Member>
bool is_default_member(const T& value, const T& standard, Member member) {
  if constexpr (std::is_same_v<std::decay_t<decltype(value.*member)>, bool>)
    return value.*member == standard.*member;
  else
    return is_default(value.*member);
}

}  // namespace bibmill
