// SPDX-License-Identifier: MIT
// Tells what kind of file somebody brought, as a person would call it: "a ZIP archive", "a PyTorch file". Sentences
// about files that cannot be read here say it; signatures are those of each format's own specification.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace descent::core {

inline constexpr std::string_view kPyTorchFile = "a PyTorch file";
inline constexpr std::string_view kZipArchive = "a ZIP archive";

// `head`: the file's first bytes, 512 or more where there are as many. `name`: its name, or nothing. A signature counts
// more than the name's ending, that more than bytes that are merely text. Empty when nothing tells.
[[nodiscard]] std::string_view file_kind(std::span<const std::uint8_t> head, std::string_view name = {});

}  // namespace descent::core
