// SPDX-License-Identifier: MIT
// SHA-256 of a block of bytes (NIST FIPS 180-4, 2015), to tell the MNIST files from others of the same shape. Not
// meant for secrets.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace descent::data {

[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::span<const std::uint8_t> bytes);

// The digest as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace descent::data
