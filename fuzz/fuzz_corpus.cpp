// Runs every fuzz target once over each input of its corpus: `fuzz_corpus`, or over the inputs
// named: `fuzz_corpus TARGET FILE...`. An input that finds something stops the program; the last
// line printed names it.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#define FUZZ_TARGET(name) extern "C" int name(const std::uint8_t* data, std::size_t size);
#include "fuzz_targets.inc"
#undef FUZZ_TARGET

namespace {

namespace fs = std::filesystem;

struct Target {
    std::string_view name;
    int (*run)(const std::uint8_t* data, std::size_t size);
};

constexpr Target targets[] = {
#define FUZZ_TARGET(name) {#name, name},
#include "fuzz_targets.inc"
#undef FUZZ_TARGET
};

bool run(const Target& target, const fs::path& path) {
    std::printf("%s %s\n", std::string{target.name}.c_str(), path.c_str());
    std::fflush(stdout);
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
        return false;
    }
    // As large as the input and no larger: reading past its end must be seen.
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>{in}, {}};
    target.run(bytes.data(), bytes.size());
    return true;
}

bool run_corpus(const Target& target) {
    const fs::path folder = fs::path{STRIKEOFF_FUZZ_CORPUS} / target.name;
    std::vector<fs::path> inputs;
    if (fs::is_directory(folder))
        for (const auto& entry : fs::directory_iterator(folder))
            inputs.push_back(entry.path());
    if (inputs.empty()) {
        std::fprintf(stderr, "%s: there are no inputs\n", folder.c_str());
        return false;
    }
    std::ranges::sort(inputs);
    return std::ranges::all_of(inputs, [&](const fs::path& path) { return run(target, path); });
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 1) return std::ranges::all_of(targets, run_corpus) ? 0 : 1;
    const auto target = std::ranges::find(targets, std::string_view{argv[1]}, &Target::name);
    if (target == std::end(targets)) {
        std::fprintf(stderr, "usage: fuzz_corpus [TARGET FILE...]\n");
        return 2;
    }
    return std::all_of(argv + 2, argv + argc, [&](const char* path) { return run(*target, path); })
               ? 0
               : 1;
}
