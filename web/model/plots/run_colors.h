// SPDX-License-Identifier: MIT
// The colours of runs, of paths, curves and markers, as 0xRRGGBB: those of Okabe and Ito ("Color Universal Design",
// 2008), yellow and black replaced on backgrounds where they would vanish by the same hue at another lightness. Nothing
// else in the picture of a surface may look like one of them.
#pragma once

#include <array>
#include <cstdint>

namespace descent::web {

inline constexpr std::array<std::uint32_t, 8> kDarkRunColors{0xE69F00, 0x56B4E9, 0x1FB88A, 0xE86A17,
                                                             0xD98BB8, 0xF0E442, 0x3D8FD6, 0xF2F2F2};
inline constexpr std::array<std::uint32_t, 8> kLightRunColors{0xC98300, 0x2C95D1, 0x008A64, 0xD55E00,
                                                              0xB85C92, 0x998E00, 0x005F99, 0x202020};

}  // namespace descent::web
