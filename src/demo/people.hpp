#pragma once

#include "client/api.hpp"
#include "demo/service.hpp"

namespace strikeoff::demo {

/// An account with its bearer key, as `user create` prints it.
struct Person {
    UserId id;
    std::string email;
    std::string role;
    std::string key;
    std::optional<std::string> password; ///< Of those who can sign in.
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, email, role, key, password))

/// Everybody who takes part, and the county; kept in a file so that a later start finds them.
struct Cast {
    CountyId county;
    int last_tax_year = 0; ///< Of the last sale made, whose id follows.
    std::optional<AuctionId> last_auction;
    Person admin;
    std::vector<Person> staff; ///< Two, as some acts need two people.
    Person viewer;
    std::vector<Person> investors;
};
BOOST_DESCRIBE_STRUCT(Cast, (),
                      (county, last_tax_year, last_auction, admin, staff, viewer, investors))

/// The cast of an earlier start; nothing when there was none.
std::optional<Cast> load_cast(const Places& places);
void save_cast(const Places& places, const Cast& cast);

/// Makes the county with its parcels and the accounts. Throws std::runtime_error.
Cast make_cast(const Places& places, const Service& service, std::size_t investors);

/// Gives those who can be tried by hand a password each, as the operator of a site would: the
/// administrator, the staff, the auditor and three investors. Throws std::runtime_error.
void give_passwords(const Places& places, const Service& service, Cast& cast);
/// Everybody who has one.
std::vector<const Person*> people_to_try(const Cast& cast);

/// The value or, as nothing but our own service can be at fault, std::runtime_error.
template <class T>
T expect(Result<T> result, std::string_view what) {
    if (!result)
        throw std::runtime_error(
            fmt::format("{}: {} ({})", what, result.error().message, result.error().reason));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

} // namespace strikeoff::demo
