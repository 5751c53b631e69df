#include "client/seed_journal.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>
#include <system_error>

namespace strikeoff::client {
namespace {

namespace fs = std::filesystem;

class SeedFiles : public ::testing::Test {
protected:
    SeedFiles() {
        std::string pattern = (fs::temp_directory_path() / "strikeoff-seed-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
        directory_ = pattern;
    }
    ~SeedFiles() override { fs::remove_all(directory_); }

    fs::path master() const { return directory_ / "master"; }
    fs::path journal() const { return directory_ / "master.journal"; }
    static void write(const fs::path& file, std::string_view text) {
        std::ofstream{file, std::ios::binary} << text;
    }
    static std::string read(const fs::path& file) {
        std::ifstream in{file, std::ios::binary};
        return {std::istreambuf_iterator<char>(in), {}};
    }

    const BatchId batch_{parse_uuid("01a0c459-9d3b-7fe6-aaad-a4d044eab9bc").value()};
    const BatchId other_{parse_uuid("01a0c459-9d3b-7fe6-aaad-a4d044eab9bd").value()};
    fs::path directory_;
};

Hash hash_of(std::uint8_t first) {
    Hash hash{};
    hash[0] = first;
    return hash;
}

TEST_F(SeedFiles, the_master_is_made_once_for_its_owner_alone) {
    const Hash made = load_master(master()).value();
    EXPECT_NE(made, no_hash);
    EXPECT_EQ(load_master(master()).value(), made);
    struct stat status{};
    ASSERT_EQ(::stat(master().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0400U);
}

TEST_F(SeedFiles, a_master_that_others_can_read_is_refused) {
    load_master(master()).value();
    fs::permissions(master(), fs::perms{0440});
    EXPECT_EQ(load_master(master()).error().reason, "master.open_to_others");
}

TEST_F(SeedFiles, a_master_of_another_form_is_refused) {
    for (const char* text : {"", "abc\n", "zz"}) {
        fs::remove(master());
        write(master(), text);
        fs::permissions(master(), fs::perms{0400});
        EXPECT_EQ(load_master(master()).error().reason, "master.malformed");
    }
}

TEST_F(SeedFiles, a_master_in_no_directory_cannot_be_made) {
    EXPECT_THROW((void)load_master(directory_ / "none" / "master"), std::system_error);
}

TEST_F(SeedFiles, a_second_close_record_of_a_batch_is_refused) {
    SeedJournal kept = SeedJournal::open(journal()).value();
    EXPECT_TRUE(kept.note_close(batch_, hash_of(1), {}).has_value());
    EXPECT_TRUE(kept.note_close(batch_, hash_of(1), {}).has_value());
    EXPECT_TRUE(kept.note_close(other_, hash_of(2), {}).has_value());
    EXPECT_EQ(kept.note_close(batch_, hash_of(2), {}).error().reason, "close.changed");
}

TEST_F(SeedFiles, a_later_run_remembers_the_close_record_the_key_and_the_receipt) {
    {
        SeedJournal kept = SeedJournal::open(journal()).value();
        ASSERT_TRUE(kept.pin_key(hash_of(9)).has_value());
        ASSERT_TRUE(kept.note_close(batch_, hash_of(1), {}).has_value());
        kept.note_receipt(batch_, hash_of(1), Instant::from_micros(5), {});
    }
    SeedJournal kept = SeedJournal::open(journal()).value();
    EXPECT_EQ(kept.note_close(batch_, hash_of(2), {}).error().reason, "close.changed");
    EXPECT_TRUE(kept.has_receipt(batch_));
    EXPECT_FALSE(kept.has_receipt(other_));
    EXPECT_EQ(kept.pin_key(hash_of(8)).error().reason, "key.changed");
    EXPECT_TRUE(kept.pin_key(hash_of(9)).has_value());
}

TEST_F(SeedFiles, a_changed_record_is_refused_and_a_repeated_one_is_kept_once) {
    SeedJournal kept = SeedJournal::open(journal()).value();
    ASSERT_TRUE(kept.note_record(batch_, "opening", 0, hash_of(1), {}).has_value());
    const std::string once = read(journal());
    ASSERT_TRUE(kept.note_record(batch_, "opening", 0, hash_of(1), {}).has_value());
    EXPECT_EQ(read(journal()), once);
    EXPECT_TRUE(kept.note_record(batch_, "change", 1, hash_of(2), {}).has_value());
    EXPECT_EQ(kept.note_record(batch_, "opening", 0, hash_of(3), {}).error().reason,
              "record.changed");
}

TEST_F(SeedFiles, a_line_that_a_crash_cut_off_is_forgotten) {
    {
        SeedJournal kept = SeedJournal::open(journal()).value();
        ASSERT_TRUE(kept.note_close(batch_, hash_of(1), {}).has_value());
        ASSERT_TRUE(kept.note_close(other_, hash_of(1), {}).has_value());
    }
    const std::string whole = read(journal());
    for (const std::size_t missing : {std::size_t{1}, std::size_t{30}}) {
        write(journal(), whole.substr(0, whole.size() - missing));
        SeedJournal kept = SeedJournal::open(journal()).value();
        EXPECT_EQ(kept.note_close(batch_, hash_of(2), {}).error().reason, "close.changed");
        EXPECT_TRUE(kept.note_close(other_, hash_of(1), {}).has_value());
        EXPECT_EQ(read(journal()), whole);
    }
}

TEST_F(SeedFiles, a_journal_of_another_form_is_refused) {
    for (const char* text : {"{}\n", "batch,close\n", "\n", "{\"what\":\"close\"}\n"}) {
        write(journal(), text);
        const auto opened = SeedJournal::open(journal());
        ASSERT_FALSE(opened.has_value()) << text;
        EXPECT_EQ(opened.error().reason, "journal.malformed");
        EXPECT_TRUE(opened.error().message.starts_with(journal().string() + ":1: "));
    }
}

TEST_F(SeedFiles, two_tools_cannot_share_a_journal) {
    const SeedJournal first = SeedJournal::open(journal()).value();
    EXPECT_EQ(SeedJournal::open(journal()).error().reason, "journal.in_use");
}

} // namespace
} // namespace strikeoff::client
