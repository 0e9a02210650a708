// SPDX-License-Identifier: MIT
// SHA-256 of bytes, at once or in parts (NIST FIPS 180-4, 2015), to tell the MNIST files from others of the same shape.
// Not meant for secrets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace descent::data {

class Sha256 {
 public:
  Sha256();
  void add(std::span<const std::uint8_t> bytes);
  // The digest of all that was added, as 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> rest_{};  // of the last, incomplete block
  std::uint64_t size_ = 0;               // bytes added
};

// The digest of all bytes at once.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace descent::data
