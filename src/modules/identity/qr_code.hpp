#pragma once

#include <string>

namespace strikeoff::identity {

/// The text as a QR code (ISO/IEC 18004, error correction M): an SVG of one path, with the quiet
/// zone of four modules around it. Throws std::length_error when the text is too long for one.
std::string qr_svg(const std::string& text);

} // namespace strikeoff::identity
