// SPDX-License-Identifier: MIT
// The fields by which a configuration names a surface: {surface: 'quadratic', parameters: {kappa: 10}} or {expression:
// 'a*x^2 + y^2', domain: [x0, x1, y0, y1], parameters: {a: 2}}; the latter may also say surface: 'expression'.
#pragma once

#include <memory>

#include "engine/io/json_reader.h"
#include "engine/surfaces/surface.h"

namespace descent::script {

// Reads into `choice`, keeping what is absent: another surface brings its own parameters, another formula keeps those
// whose names it shares with the one before. Returns the surface, nullptr when it cannot be made (the reader then holds
// the sentence). A formula that is refused says so with its column.
[[nodiscard]] std::unique_ptr<surfaces::Surface> read_surface(io::JsonReader& reader, surfaces::SurfaceChoice& choice);

// Sets the same fields in `value`, an object.
void write_surface(io::JsonValue& value, const surfaces::SurfaceChoice& choice);
// The same, where it is known already what the surface is.
void write_surface(io::JsonValue& value, const surfaces::SurfaceChoice& choice, const surfaces::SurfaceInfo& info);

}  // namespace descent::script
