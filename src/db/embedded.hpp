#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace strikeoff {

/// A file carried inside the binary.
struct EmbeddedFile {
    std::string_view name;
    const unsigned char* bytes;
    std::size_t size;

    std::string_view text() const { return {reinterpret_cast<const char*>(bytes), size}; }
};

std::span<const EmbeddedFile> embedded_migrations();     ///< `migrations/*.sql` in file order.
std::span<const EmbeddedFile> embedded_site();           ///< `web/dist`, sorted by name.
std::span<const EmbeddedFile> embedded_demo_files();     ///< `demo/*`.
std::span<const EmbeddedFile> embedded_mail_templates(); ///< `src/mail/templates/*`.

} // namespace strikeoff
