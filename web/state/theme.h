// SPDX-License-Identifier: MIT
// The page's two looks.
#pragma once

namespace descent::web {

enum class Theme { dark, light };

}  // namespace descent::web
