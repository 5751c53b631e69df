#include "modules/identity/qr_code.hpp"

#include <fmt/format.h>

#include <memory>
#include <qrencode.h>
#include <stdexcept>

namespace strikeoff::identity {

std::string qr_svg(const std::string& text) {
    constexpr int quiet = 4;
    const std::unique_ptr<QRcode, decltype(&::QRcode_free)> code{
        ::QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &::QRcode_free};
    if (!code) throw std::length_error("too long for a QR code");
    const int size = code->width + 2 * quiet;
    std::string path;
    const auto is_dark = [&](int x, int y) { return (code->data[y * code->width + x] & 1) != 0; };
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x) {
            const int begin = x;
            while (x < code->width && is_dark(x, y))
                ++x;
            if (x > begin) path += fmt::format("M{} {}h{}", begin + quiet, y + quiet, x - begin);
        }
    // Each run of dark modules is a line one module thick, half a module lower than its number.
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -0.5 {0} {0}" )"
                       R"(shape-rendering="crispEdges"><path fill="#fff" d="M0-.5h{0}v{0}H0z"/>)"
                       R"(<path stroke="#000" d="{1}"/></svg>)",
                       size, path);
}

} // namespace strikeoff::identity
