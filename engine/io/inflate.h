// SPDX-License-Identifier: MIT
// Inflate: the decoder of RFC 1951 (DEFLATE), for bytes that come in pieces. What it cannot finish for want of bytes it
// leaves alone and decodes again, from the last whole symbol, when there are more. It holds the last 32 KiB of its
// output, which the format may refer to, and a piece that is on its way out; nothing grows with the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace descent::io {

// Takes bytes as they come; an error ends the work, and is what its caller gets to read.
using ByteSink = std::function<core::Status(std::span<const std::uint8_t>)>;

// A prefix code (RFC 1951, section 3.2.2) as a table over the next bits.
class PrefixCode {
 public:
  struct Symbol {
    int value = 0;
    int bits = 0;  // 0: no symbol begins like that
  };

  // lengths: bits of each symbol's code, 0 … 15, 0 for symbols that do not occur. False when they are no code: more
  // words than bits allow, or fewer. A single word of one bit, or none at all, is allowed where `sparse`.
  [[nodiscard]] bool build(std::span<const std::uint8_t> lengths, bool sparse);

  [[nodiscard]] Symbol symbol(std::uint64_t bits) const {
    const std::uint16_t entry = table_[static_cast<std::size_t>(bits & mask_)];
    return {entry >> 4, entry & 15};
  }

 private:
  std::vector<std::uint16_t> table_;  // value << 4 | bits
  std::uint64_t mask_ = 0;
};

class Inflate {
 public:
  enum class State {
    starved,  // wants the bytes from `bit` on again, and more behind them
    done,     // the last block has ended
    damaged,  // see why()
    refused   // the sink has: see refusal()
  };

  explicit Inflate(ByteSink sink);

  // A new stream, which refers to nothing before it.
  void restart();
  // Decodes `bytes` from bit number `bit` on, which ends up behind what was used.
  [[nodiscard]] State run(std::span<const std::uint8_t> bytes, std::uint64_t& bit);

  [[nodiscard]] std::string_view why() const { return why_; }
  [[nodiscard]] const core::Status& refusal() const { return refusal_; }

 private:
  enum class Block { none, stored, coded };
  struct Reader;

  State damage(std::string_view why);
  State block(Reader& reader);
  State header(Reader& reader);
  State stored_header(Reader& reader);
  State code_header(Reader& reader);
  State stored(Reader& reader);
  State symbols(Reader& reader);
  void copy_back(std::size_t distance, std::size_t length);
  [[nodiscard]] bool flush();

  ByteSink sink_;
  core::Status refusal_;
  std::string_view why_;
  Block block_ = Block::none;
  bool last_block_ = false;
  std::size_t stored_left_ = 0;
  PrefixCode literals_, distances_;
  std::vector<std::uint8_t> out_;  // history, then what is on its way out
  std::size_t size_ = 0;           // of both
  std::size_t sent_ = 0;           // history ends here
};

}  // namespace descent::io
