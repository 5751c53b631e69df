#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace strikeoff {

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Calls `visit(name, member)` for each described member, in the order of the description.
template <class T, class Visit>
void for_each_member(T& object, Visit&& visit) {
    using Members =
        boost::describe::describe_members<std::remove_const_t<T>, boost::describe::mod_any_access>;
    boost::mp11::mp_for_each<Members>(
        [&](auto member) { visit(std::string_view{member.name}, object.*member.pointer); });
}

/// The name of an enumerator as the database and JSON spell it: a trailing `_`, which keeps a C++
/// keyword apart, is dropped.
template <DescribedEnum E>
std::string_view enum_name(E value) {
    std::string_view found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        if (enumerator.value == value) found = enumerator.name;
    });
    if (found.ends_with('_')) found.remove_suffix(1);
    return found;
}

template <DescribedEnum E>
std::optional<E> parse_enum(std::string_view name) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        std::string_view spelt = enumerator.name;
        if (spelt.ends_with('_')) spelt.remove_suffix(1);
        if (spelt == name) found = enumerator.value;
    });
    return found;
}

} // namespace strikeoff
