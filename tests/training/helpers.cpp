// SPDX-License-Identifier: MIT
#include "tests/training/helpers.h"

#include "engine/io/safetensors.h"

namespace descent::testing {

namespace {

std::uint64_t hash_of_tensors(const std::vector<std::uint8_t>& bytes) {
  const auto file = io::read_safetensors(bytes, "the run");
  REQUIRE(file.ok());
  std::uint64_t hash = 0;
  for (const io::TensorView& tensor : file->tensors) hash = hash * 31 + hash_bytes(tensor.bytes);
  return hash;
}

}  // namespace

std::uint64_t hash_of_run(const training::Trainer& trainer) {
  return hash_of_tensors(trainer.save());
}
std::uint64_t hash_of_weights(const training::Trainer& trainer) {
  return hash_of_tensors(trainer.save("{}", false));
}

}  // namespace descent::testing
