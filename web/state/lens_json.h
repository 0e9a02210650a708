// SPDX-License-Identifier: MIT
// The lens, the digit and the pin of the Network workspace in descent.state() and share links:
//   lens: "gradients"
//   digit: {test_index: 7} or {image: "00ff…"}, 784 bytes as hexadecimal digits
//   pin: {} or {parameter, index} or {layer, position: [y, x, channel]} or {pixel: [y, x]} or {class}
//   lenses: {backward, matrix, rank, view, reading, window: {operation, size, …, cell: [y, x]}}
// Whether a pin fits the network is the trainer's to say: the state only holds it.
#pragma once

#include "engine/io/json.h"
#include "engine/io/json_reader.h"
#include "web/state/network_lens.h"

namespace descent::web {

// Adds the four fields to the state's object.
void write_lens(io::JsonValue& state, const NetworkLens& lens);
// Reads them where they are there; what is not keeps its value.
void read_lens(io::JsonReader& state, NetworkLens& lens);

}  // namespace descent::web
