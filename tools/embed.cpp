/// Writes files as a C++ source: embed OUTPUT VARIABLE FILE...
/// The source defines `std::span<const EmbeddedFile> VARIABLE()`, sorted by file name.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: embed OUTPUT VARIABLE FILE...\n", stderr);
        return 2;
    }
    const std::string variable = argv[2];
    std::vector<std::filesystem::path> files(argv + 3, argv + argc);
    std::ranges::sort(files, {}, [](const auto& path) { return path.filename(); });

    std::string out = "#include \"db/embedded.hpp\"\n\nnamespace strikeoff {\nnamespace {\n";
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::ifstream in(files[i], std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        if (!in) {
            std::fprintf(stderr, "embed: cannot read %s\n", files[i].c_str());
            return 1;
        }
        out += "const unsigned char file_" + std::to_string(i) + "[] = {";
        for (const char c : bytes)
            out += std::to_string(static_cast<unsigned>(static_cast<unsigned char>(c))) + ",";
        out += "0};\n";
    }
    out += "const EmbeddedFile files[] = {\n";
    for (std::size_t i = 0; i < files.size(); ++i)
        out += "    {\"" + files[i].filename().string() + "\", file_" + std::to_string(i) +
               ", sizeof(file_" + std::to_string(i) + ") - 1},\n";
    if (files.empty()) out += "    {\"\", nullptr, 0},\n";
    out += "};\n} // namespace\n\nstd::span<const EmbeddedFile> " + variable +
           "() { return {files, " + std::to_string(files.size()) +
           "}; }\n\n} // namespace strikeoff\n";

    std::ofstream(argv[1], std::ios::binary) << out;
    return 0;
}
