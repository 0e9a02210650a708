// SPDX-License-Identifier: MIT
// Notice: the last sentence that a worker has to say, with a number that no other sentence of the program has. Those
// who show sentences see by the number that one is new, also when it says the same again.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/core/result.h"

namespace descent::core {

class Notice {
 public:
  void say(std::string text) {
    static std::atomic<std::uint64_t> last{0};
    text_ = std::move(text);
    number_ = text_.empty() ? 0 : ++last;
  }
  // A refusal is said; after an accepted command nothing is.
  void say(const Status& status) { say(status.ok() ? std::string() : status.message()); }
  void clear() { say(std::string()); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }  // 0: nothing is said

 private:
  std::string text_;
  std::uint64_t number_ = 0;
};

}  // namespace descent::core
