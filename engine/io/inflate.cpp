// SPDX-License-Identifier: MIT
// The decoder of RFC 1951, see inflate.h. Each step (a block's header, a symbol) is decoded whole or not at all: the
// reader counts bits and takes zeros where bytes are missing, and a step that ends beyond the end is forgotten. One
// read of eight bytes holds a length and its distance, which have 48 bits at most.
#include "engine/io/inflate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace descent::io {

static_assert(std::endian::native == std::endian::little, "bits are numbered from the low end of a little-endian word");

namespace {

constexpr std::size_t kWindow = 32768;  // how far back the format refers
constexpr std::size_t kPiece = 8 * kWindow;
constexpr std::size_t kLongest = 258;           // bytes of one match
constexpr std::uint64_t kLongestCode = 15;      // bits
constexpr std::uint64_t kLongestShortCode = 7;  // of the code that lengths are written in
constexpr int kEndOfBlock = 256;

// RFC 1951, section 3.2.5.
constexpr std::array<std::uint16_t, 29> kLengthBase = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                       31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> kLengthExtra = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> kDistanceBase = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                                         33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                                         1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> kDistanceExtra = {0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                                         6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
// Section 3.2.7: the order in which the lengths of the code for lengths stand.
constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

constexpr std::uint32_t low_bits(std::uint64_t word, int count) {
  return static_cast<std::uint32_t>(word) & ((1U << count) - 1);
}

std::uint32_t reversed(std::uint32_t code, int bits) {
  std::uint32_t result = 0;
  for (int i = 0; i < bits; ++i) result = result << 1 | (code >> i & 1);
  return result;
}

}  // namespace

bool PrefixCode::build(std::span<const std::uint8_t> lengths, bool sparse) {
  std::array<std::uint32_t, 16> count{};
  for (const std::uint8_t length : lengths) ++count[length];
  count[0] = 0;
  int longest = 15;
  while (longest > 1 && count[static_cast<std::size_t>(longest)] == 0) --longest;
  std::array<std::uint32_t, 16> next{};
  std::uint32_t code = 0, words = 0;
  for (std::size_t bits = 1; bits < next.size(); ++bits) {
    code = (code + count[bits - 1]) << 1;
    next[bits] = code;
    words += count[bits] << (15 - bits);
  }
  const bool complete = words == 1U << 15;
  if (!complete && !(sparse && longest == 1 && words < 1U << 15)) return false;
  table_.assign(std::size_t{1} << longest, 0);
  mask_ = table_.size() - 1;
  for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
    const int bits = lengths[symbol];
    if (bits == 0) continue;
    const std::uint32_t first = reversed(next[static_cast<std::size_t>(bits)]++, bits);
    for (std::size_t i = first; i < table_.size(); i += std::size_t{1} << bits)
      table_[i] = static_cast<std::uint16_t>(symbol << 4 | static_cast<std::size_t>(bits));
  }
  return true;
}

struct Inflate::Reader {
  std::span<const std::uint8_t> bytes;
  std::uint64_t at;  // bits

  [[nodiscard]] std::uint64_t end() const { return std::uint64_t{bytes.size()} * 8; }
  // has() says that so many bits may still be asked for; more end beyond the end.
  [[nodiscard]] bool has(std::uint64_t bits) const { return at + bits <= end(); }

  // peek() reads at least the next 57 bits, the first one lowest; zeros behind the end.
  [[nodiscard]] std::uint64_t peek() const {
    const auto byte = static_cast<std::size_t>(at >> 3);
    std::uint64_t word = 0;
    if (byte + sizeof word <= bytes.size())
      std::memcpy(&word, bytes.data() + byte, sizeof word);
    else if (byte < bytes.size())
      std::memcpy(&word, bytes.data() + byte, bytes.size() - byte);
    return word >> (at & 7);
  }
  std::uint32_t take(int bits) {
    const std::uint32_t value = low_bits(peek(), bits);
    at += static_cast<std::uint64_t>(bits);
    return value;
  }
};

Inflate::Inflate(ByteSink sink) : sink_(std::move(sink)), out_(kWindow + kPiece + kLongest) {}

void Inflate::restart() {
  block_ = Block::none;
  last_block_ = false;
  size_ = sent_ = 0;
}

Inflate::State Inflate::damage(std::string_view why) {
  why_ = why;
  return State::damaged;
}

Inflate::State Inflate::run(std::span<const std::uint8_t> bytes, std::uint64_t& bit) {
  Reader reader{bytes, bit};
  State state = State::done;
  while (state == State::done && !(block_ == Block::none && last_block_)) {
    const Reader before = reader;
    state = block(reader);
    // Headers are read whole or again; what follows them keeps count itself.
    if (state == State::starved && block_ == Block::none) reader = before;
  }
  bit = reader.at;
  return flush() ? state : State::refused;
}

// One step: a header, or the contents of a block.
Inflate::State Inflate::block(Reader& reader) {
  switch (block_) {
    case Block::none:
      return header(reader);
    case Block::stored:
      return stored(reader);
    case Block::coded:
      break;
  }
  return symbols(reader);
}

Inflate::State Inflate::header(Reader& reader) {
  const bool last = reader.take(1) == 1;
  State state = State::done;
  const std::uint32_t kind = reader.take(2);
  if (kind == 0) state = stored_header(reader);
  if (kind == 1) {
    std::array<std::uint8_t, 288> lengths{};
    for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    static_cast<void>(literals_.build(lengths, false));
    lengths.fill(5);
    static_cast<void>(distances_.build(std::span(lengths).first(32), false));
    block_ = Block::coded;
  }
  if (kind == 2) state = code_header(reader);
  if (kind == 3) state = damage("a block of a kind that does not exist");
  // An error found here may be zeros in the place of missing bytes.
  if (!reader.has(0)) state = State::starved;
  if (state == State::done)
    last_block_ = last;
  else
    block_ = Block::none;
  return state;
}

Inflate::State Inflate::stored_header(Reader& reader) {
  reader.at = (reader.at + 7) / 8 * 8;
  const std::uint32_t length = reader.take(16);
  const std::uint32_t complement = reader.take(16);
  if ((length ^ complement) != 0xFFFF) return damage("a block whose length contradicts itself");
  stored_left_ = length;
  block_ = Block::stored;
  return State::done;
}

// Section 3.2.7: the code lengths of both codes, themselves in a code.
Inflate::State Inflate::code_header(Reader& reader) {
  const std::size_t literals = 257 + reader.take(5);
  const std::size_t distances = 1 + reader.take(5);
  const std::size_t given = 4 + reader.take(4);
  if (literals > 286 || distances > 30) return damage("a code with too many symbols");
  std::array<std::uint8_t, 19> short_lengths{};
  for (std::size_t i = 0; i < given; ++i) short_lengths[kOrder[i]] = static_cast<std::uint8_t>(reader.take(3));
  PrefixCode code;
  if (!code.build(short_lengths, false)) return damage("a code that is none");
  std::array<std::uint8_t, 286 + 30> lengths{};
  for (std::size_t i = 0; i < literals + distances;) {
    const PrefixCode::Symbol symbol = code.symbol(reader.peek());
    if (symbol.bits == 0) return reader.has(kLongestShortCode) ? damage("a code that is none") : State::starved;
    reader.at += static_cast<std::uint64_t>(symbol.bits);
    std::size_t repeat = 1;
    auto value = static_cast<std::uint8_t>(symbol.value);
    if (symbol.value >= 16) {
      if (symbol.value == 16 && i == 0) return damage("a code that repeats what is not there");
      value = symbol.value == 16 ? lengths[i - 1] : std::uint8_t{0};
      repeat = symbol.value == 16 ? 3 + reader.take(2) : symbol.value == 17 ? 3 + reader.take(3) : 11 + reader.take(7);
    }
    if (i + repeat > literals + distances) return damage("a code with too many symbols");
    std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(i), repeat, value);
    i += repeat;
  }
  if (lengths[kEndOfBlock] == 0) return damage("a block without an end");
  const std::span<const std::uint8_t> all(lengths);
  if (!literals_.build(all.first(literals), true)) return damage("a code that is none");
  if (!distances_.build(all.subspan(literals, distances), true)) return damage("a code that is none");
  block_ = Block::coded;
  return State::done;
}

Inflate::State Inflate::stored(Reader& reader) {
  while (stored_left_ > 0) {
    const auto from = static_cast<std::size_t>(reader.at / 8);
    const std::size_t count = std::min({stored_left_, reader.bytes.size() - from, out_.size() - size_});
    if (count == 0 && from == reader.bytes.size()) return State::starved;
    std::copy_n(reader.bytes.begin() + static_cast<std::ptrdiff_t>(from), count,
                out_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += count;
    stored_left_ -= count;
    reader.at += std::uint64_t{count} * 8;
    if (size_ == out_.size() && !flush()) return State::refused;
  }
  block_ = Block::none;
  return State::done;
}

Inflate::State Inflate::symbols(Reader& reader) {
  const std::uint64_t end = reader.end();
  for (;;) {
    if (size_ + kLongest > out_.size() && !flush()) return State::refused;
    const std::uint64_t bits = reader.peek();
    const PrefixCode::Symbol symbol = literals_.symbol(bits);
    int used = symbol.bits;
    // Judged only when all bits that were looked at are there.
    const auto wrong = [&](std::string_view why) {
      return reader.has(static_cast<std::uint64_t>(used) + kLongestCode) ? damage(why) : State::starved;
    };
    if (used == 0) return wrong("a symbol that is none");
    if (symbol.value <= kEndOfBlock) {
      if (reader.at + static_cast<std::uint64_t>(used) > end) return State::starved;
      reader.at += static_cast<std::uint64_t>(used);
      if (symbol.value == kEndOfBlock) break;
      out_[size_++] = static_cast<std::uint8_t>(symbol.value);
      continue;
    }
    const auto length_index = static_cast<std::size_t>(symbol.value) - kEndOfBlock - 1;
    if (length_index >= kLengthBase.size()) return wrong("a length that does not exist");
    const std::size_t length = kLengthBase[length_index] + low_bits(bits >> used, kLengthExtra[length_index]);
    used += kLengthExtra[length_index];
    const PrefixCode::Symbol place = distances_.symbol(bits >> used);
    if (place.bits == 0 || place.value >= static_cast<int>(kDistanceBase.size()))
      return wrong("a distance that does not exist");
    used += place.bits;
    const auto distance_index = static_cast<std::size_t>(place.value);
    const std::size_t distance = kDistanceBase[distance_index] + low_bits(bits >> used, kDistanceExtra[distance_index]);
    used += kDistanceExtra[distance_index];
    if (reader.at + static_cast<std::uint64_t>(used) > end) return State::starved;
    if (distance > size_) return damage("a reference to before the beginning");
    reader.at += static_cast<std::uint64_t>(used);
    copy_back(distance, length);
  }
  block_ = Block::none;
  return State::done;
}

// copy_back() repeats what lies `distance` back; where it overlaps with what it makes, it repeats itself.
void Inflate::copy_back(std::size_t distance, std::size_t length) {
  std::uint8_t* to = out_.data() + size_;
  const std::uint8_t* from = to - distance;
  if (distance >= length)
    std::memcpy(to, from, length);
  else
    for (std::size_t i = 0; i < length; ++i) to[i] = from[i];
  size_ += length;
}

bool Inflate::flush() {
  if (size_ > sent_) refusal_ = sink_(std::span(out_).subspan(sent_, size_ - sent_));
  if (!refusal_.ok()) return false;
  if (size_ > kWindow) {
    std::copy(out_.begin() + static_cast<std::ptrdiff_t>(size_ - kWindow),
              out_.begin() + static_cast<std::ptrdiff_t>(size_), out_.begin());
    size_ = kWindow;
  }
  sent_ = size_;
  return true;
}

}  // namespace descent::io
