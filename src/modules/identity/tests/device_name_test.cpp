#include "modules/identity/device_name.hpp"

#include <gtest/gtest.h>

namespace strikeoff::identity {
namespace {

TEST(DeviceName, is_what_people_call_it_and_repeats_nothing) {
    struct Case {
        std::string_view agent;
        std::string_view name;
    };
    for (const Case& known :
         {Case{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
               "Firefox on Linux"},
          Case{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
               "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
               "Edge on Windows"},
          Case{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
               "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
               "Safari on iPhone"},
          Case{"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/537.36 (KHTML, like "
               "Gecko) Chrome/126.0.0.0 Safari/537.36",
               "Chrome on macOS"},
          Case{"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
               "Chrome/126.0.0.0 Mobile Safari/537.36",
               "Chrome on Android"},
          Case{"curl/8.8.0 (Linux)", "a program on Linux"}, Case{"", "a program"},
          Case{"your account is lost, call 555-0100", "a program"}})
        EXPECT_EQ(device_name(known.agent), known.name) << known.agent;
}

} // namespace
} // namespace strikeoff::identity
