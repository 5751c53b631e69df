/// Writes files as a C++ source: embed OUTPUT VARIABLE PATH...
/// The source defines `std::span<const EmbeddedFile> VARIABLE()`, sorted by file name. A directory
/// stands for the files in and below it, without those whose names begin with a dot.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_of(int count, char** paths) {
    std::vector<fs::path> files;
    for (int i = 0; i < count; ++i) {
        if (!fs::is_directory(paths[i])) {
            files.emplace_back(paths[i]);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(paths[i]))
            if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.'))
                files.push_back(entry.path());
    }
    std::ranges::sort(files, {}, [](const fs::path& path) { return path.filename(); });
    return files;
}

/// The assembler copies the file: megabytes written as numbers would take the compiler minutes.
std::string definition(const std::string& symbol, const fs::path& file) {
    return "__asm__(\".pushsection .rodata\\n.balign 16\\n.globl " + symbol + "\\n" + symbol +
           ":\\n.incbin \\\"" + fs::absolute(file).string() +
           "\\\"\\n.byte 0\\n.popsection\\n\");\nextern \"C\" const unsigned char " + symbol +
           "[];\n";
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: embed OUTPUT VARIABLE PATH...\n", stderr);
        return 2;
    }
    const std::string variable = argv[2];
    const std::vector<fs::path> files = files_of(argc - 3, argv + 3);

    std::string definitions;
    std::string table;
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(files[i], error);
        if (error) {
            std::fprintf(stderr, "embed: cannot read %s\n", files[i].c_str());
            return 1;
        }
        const std::string symbol = variable + "_" + std::to_string(i);
        definitions += definition(symbol, files[i]);
        table += "    {\"" + files[i].filename().string() + "\", " + symbol + ", " +
                 std::to_string(size) + "},\n";
    }
    if (files.empty()) table = "    {\"\", nullptr, 0},\n";
    std::ofstream(argv[1], std::ios::binary)
        << "#include \"db/embedded.hpp\"\n\n"
        << definitions << "\nnamespace strikeoff {\nnamespace {\nconst EmbeddedFile files[] = {\n"
        << table << "};\n} // namespace\n\nstd::span<const EmbeddedFile> " << variable
        << "() { return {files, " << files.size() << "}; }\n\n} // namespace strikeoff\n";
    return 0;
}
