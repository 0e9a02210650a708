// SPDX-License-Identifier: MIT
// The first MNIST training images for tests, from the uncompressed IDX files in the folder that the environment
// variable DESCENT_MNIST_IDX names. Empty when it is not set: tests then say that they were skipped.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#if defined(__EMSCRIPTEN__)
#include <emscripten/em_js.h>
// Emscripten's getenv() does not see Node's environment. Writes the value into `out`, at most `capacity` bytes with the
// closing zero.
EM_JS_DEPS(descent_test_environment, "$stringToUTF8,$UTF8ToString");
EM_JS(void, descent_test_environment, (const char* name, char* out, int capacity),
      { stringToUTF8(process.env[UTF8ToString(name)] || "", out, capacity); });
#endif

namespace descent::testing {

inline std::string environment(const char* name) {
#if defined(__EMSCRIPTEN__)
  char value[4096] = "";
  descent_test_environment(name, value, sizeof value);
  return value;
#else
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
#endif
}

// `count` images of 784 numbers in 0 … 1 (pixel / 255), or empty.
template <class T>
std::vector<T> first_mnist_images(int count) {
  const std::string folder = environment("DESCENT_MNIST_IDX");
  if (folder.empty()) return {};
  constexpr std::size_t kHeader = 16, kPixels = 784;
  std::ifstream file(folder + "/train-images-idx3-ubyte", std::ios::binary);
  std::vector<char> bytes(kHeader + kPixels * static_cast<std::size_t>(count));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return {};
  std::vector<T> images;
  images.reserve(bytes.size() - kHeader);
  for (std::size_t i = kHeader; i < bytes.size(); ++i)
    images.push_back(static_cast<T>(static_cast<std::uint8_t>(bytes[i])) / T{255});
  return images;
}

}  // namespace descent::testing
