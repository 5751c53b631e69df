#include "modules/counties/branding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

namespace strikeoff::counties {
namespace {

constexpr std::size_t name_size_max = 100;

// Light that a screen gives for each value of a channel (sRGB), in billionths.
constexpr std::array<std::int64_t, 256> light_of{
    0,         303527,    607054,    910581,    1214108,   1517635,   1821162,   2124689,
    2428216,   2731743,   3035270,   3346536,   3676507,   4024717,   4391442,   4776953,
    5181517,   5605392,   6048833,   6512091,   6995410,   7499032,   8023193,   8568126,
    9134059,   9721217,   10329823,  10960094,  11612245,  12286488,  12983032,  13702083,
    14443844,  15208514,  15996293,  16807376,  17641954,  18500220,  19382361,  20288563,
    21219010,  22173885,  23153366,  24157632,  25186860,  26241222,  27320892,  28426040,
    29556834,  30713444,  31896033,  33104767,  34339807,  35601315,  36889450,  38204372,
    39546235,  40915197,  42311411,  43735029,  45186204,  46665086,  48171824,  49706566,
    51269458,  52860647,  54480276,  56128490,  57805430,  59511238,  61246054,  63010018,
    64803267,  66625939,  68478170,  70360096,  72271851,  74213568,  76185381,  78187422,
    80219820,  82282707,  84376212,  86500462,  88655586,  90841711,  93058963,  95307467,
    97587347,  99898728,  102241733, 104616484, 107023103, 109461711, 111932428, 114435374,
    116970668, 119538428, 122138772, 124771818, 127437680, 130136477, 132868322, 135633330,
    138431615, 141263291, 144128471, 147027266, 149959790, 152926152, 155926464, 158960835,
    162029376, 165132195, 168269400, 171441101, 174647404, 177888416, 181164244, 184474995,
    187820772, 191201683, 194617830, 198069320, 201556254, 205078736, 208636870, 212230757,
    215860500, 219526200, 223227957, 226965874, 230740049, 234550582, 238397574, 242281122,
    246201327, 250158285, 254152094, 258182853, 262250658, 266355605, 270497791, 274677312,
    278894263, 283148740, 287440838, 291770650, 296138271, 300543794, 304987314, 309468923,
    313988713, 318546778, 323143209, 327778098, 332451536, 337163615, 341914425, 346704056,
    351532600, 356400144, 361306780, 366252596, 371237680, 376262123, 381326011, 386429434,
    391572478, 396755231, 401977780, 407240212, 412542613, 417885071, 423267670, 428690497,
    434153636, 439657174, 445201195, 450785783, 456411023, 462077000, 467783796, 473531496,
    479320183, 485149940, 491020850, 496932995, 502886458, 508881321, 514917665, 520995573,
    527115126, 533276404, 539479489, 545724461, 552011402, 558340390, 564711506, 571124829,
    577580440, 584078418, 590618841, 597201788, 603827339, 610495571, 617206562, 623960392,
    630757136, 637596874, 644479682, 651405637, 658374817, 665387298, 672443157, 679542470,
    686685312, 693871761, 701101892, 708375780, 715693501, 723055129, 730460740, 737910409,
    745404210, 752942217, 760524505, 768151147, 775822218, 783537792, 791297940, 799102738,
    806952258, 814846572, 822785754, 830769877, 838799012, 846873232, 854992608, 863157213,
    871367119, 879622397, 887923118, 896269353, 904661174, 913098652, 921581856, 930110858,
    938685728, 947306537, 955973353, 964686248, 973445290, 982250550, 991102097, 1000000000};

/// Relative luminance of WCAG, in ten thousandths of a billionth; none of what is no colour.
std::optional<std::int64_t> luminance_of(std::string_view color) {
    constexpr std::array<std::int64_t, 3> weights{2126, 7152, 722};
    if (color.size() != 7 || color.front() != '#') return std::nullopt;
    std::int64_t sum = 0;
    for (std::size_t channel = 0; channel < weights.size(); ++channel) {
        const std::string_view digits = color.substr(1 + 2 * channel, 2);
        std::uint8_t value = 0;
        const char* const end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
        if (error != std::errc{} || stop != end) return std::nullopt;
        sum += weights.at(channel) * light_of.at(value);
    }
    return sum;
}

constexpr std::int64_t white = 10'000'000'000'000;

bool is_legible(std::int64_t one, std::int64_t other) {
    constexpr std::int64_t flare = white / 20;
    const auto [darker, lighter] = std::minmax(one, other);
    return 10 * (lighter + flare) >= 45 * (darker + flare);
}

} // namespace

Result<void> check_branding(const Branding& branding) {
    std::vector<FieldError> errors;
    if (branding.name && (branding.name->empty() || branding.name->size() > name_size_max))
        errors.push_back({"name", "must have 1 to 100 characters"});
    const auto header = luminance_of(branding.header);
    const auto accent = luminance_of(branding.accent);
    const auto text = luminance_of(branding.accent_text);
    const char* const malformed = "must be a colour like #1a4480";
    if (!header) errors.push_back({"header", malformed});
    if (!accent) errors.push_back({"accent", malformed});
    if (!text) errors.push_back({"accent_text", malformed});
    if (header && !is_legible(*header, white))
        errors.push_back({"header", "must stand out from white letters by 4.5:1"});
    if (accent && text && !is_legible(*accent, *text))
        errors.push_back({"accent_text", "must stand out from accent by 4.5:1"});
    if (errors.empty()) return {};
    return fail(ErrorCode::invalid_input, "branding.invalid", "this could not be read",
                std::move(errors));
}

} // namespace strikeoff::counties
