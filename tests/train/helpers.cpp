// SPDX-License-Identifier: MIT
#include "tests/train/helpers.h"

#include "engine/io/safetensors.h"

namespace descent::testing {

std::uint64_t hash_of_run(const train::Trainer& trainer) {
  const std::vector<std::uint8_t> bytes = trainer.save();
  const auto file = io::read_safetensors(bytes, "the run");
  REQUIRE(file.ok());
  std::uint64_t hash = 0;
  for (const io::TensorView& tensor : file->tensors) hash = hash * 31 + hash_bytes(tensor.bytes);
  return hash;
}

}  // namespace descent::testing
