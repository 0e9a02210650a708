// SPDX-License-Identifier: MIT
#include "web/render/interface_chunks.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <span>

namespace descent::web::render {
namespace {

constexpr std::size_t kChunk = 126;  // indices, a multiple of 3 and of 6

// Multiply and rotate, eight bytes at a time (the step of Fowler, Noll and Vo's hash, on words): equal frames have
// equal hashes, others differ but for one in 2^64.
class Hash {
 public:
  void add(std::uint64_t word) { state_ = std::rotl((state_ ^ word) * 0x9E3779B97F4A7C15ULL, 29); }
  void add(std::span<const std::byte> bytes) {
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + i, 8);
      add(word);
    }
    std::uint64_t rest = 0;
    if (i < bytes.size()) std::memcpy(&rest, bytes.data() + i, bytes.size() - i);
    add(rest ^ bytes.size());
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

// Clip rectangle of a command, whole pixels as GL's scissor cuts them.
PixelBox clip_box(const ImVec4& clip, const ImDrawData& data, const Canvas& canvas) {
  const ImVec2 scale = data.FramebufferScale;
  const float left = std::fmax((clip.x - data.DisplayPos.x) * scale.x, 0.0F);
  const float top = std::fmax((clip.y - data.DisplayPos.y) * scale.y, 0.0F);
  const float right = std::fmin((clip.z - data.DisplayPos.x) * scale.x, static_cast<float>(canvas.width));
  const float bottom = std::fmin((clip.w - data.DisplayPos.y) * scale.y, static_cast<float>(canvas.height));
  if (right <= left || bottom <= top) return {};
  return {static_cast<int>(left), canvas.height - static_cast<int>(bottom), static_cast<int>(right),
          canvas.height - static_cast<int>(top)};
}

// The pixels that triangles of these vertices may touch.
PixelBox touched(std::span<const ImDrawVert> vertices, const ImDrawData& data, int height) {
  ImVec2 low = vertices.front().pos, high = low;
  for (const ImDrawVert& vertex : vertices) {
    low = ImVec2(std::fmin(low.x, vertex.pos.x), std::fmin(low.y, vertex.pos.y));
    high = ImVec2(std::fmax(high.x, vertex.pos.x), std::fmax(high.y, vertex.pos.y));
  }
  static constexpr float kFar = 1e6F;
  const auto pixel = [](float value) { return static_cast<int>(std::clamp(value, -kFar, kFar)); };
  const ImVec2 scale = data.FramebufferScale, origin = data.DisplayPos;
  return {pixel(std::floor((low.x - origin.x) * scale.x)), height - pixel(std::ceil((high.y - origin.y) * scale.y)),
          pixel(std::ceil((high.x - origin.x) * scale.x)), height - pixel(std::floor((low.y - origin.y) * scale.y))};
}

bool by_hash(const InterfaceChunk* a, const InterfaceChunk* b) {
  return a->hash < b->hash;
}

std::vector<const InterfaceChunk*>& sort(const std::vector<InterfaceChunk>& chunks,
                                         std::vector<const InterfaceChunk*>& sorted) {
  sorted.clear();
  for (const InterfaceChunk& chunk : chunks) sorted.push_back(&chunk);
  std::sort(sorted.begin(), sorted.end(), by_hash);
  return sorted;
}

}  // namespace

void InterfaceChunks::add_command(const ImDrawCmd& command, InterfaceChunk chunk, std::size_t list_first,
                                  const ImDrawData& data) {
  const int canvas_height = static_cast<int>(std::lround(data.DisplaySize.y * data.FramebufferScale.y));
  const std::size_t begin = list_first + command.IdxOffset, end = begin + command.ElemCount;
  for (std::size_t first = begin; first < end; first += kChunk) {
    chunk.first = first;
    chunk.count = std::min(kChunk, end - first);
    const std::span<const ImDrawIdx> indices(indices_.data() + first, chunk.count);
    const auto [lowest, highest] = std::minmax_element(indices.begin(), indices.end());
    const std::span<const ImDrawVert> vertices(vertices_.data() + *lowest, *highest - *lowest + 1);
    chunk.box = intersection(chunk.clip, touched(vertices, data, canvas_height));
    Hash hash;
    hash.add(list_);
    hash.add(reinterpret_cast<std::uintptr_t>(chunk.texture));
    hash.add(std::as_bytes(std::span(&chunk.clip, 1)));
    hash.add(std::as_bytes(vertices));
    for (const ImDrawIdx index : indices) hash.add(index - *lowest);
    chunk.hash = hash.value();
    if (!chunk.box.empty()) chunks_.push_back(chunk);
  }
}

void InterfaceChunks::add_list(const ImDrawList& list, const ImDrawData& data, const Canvas& canvas) {
  const auto base = static_cast<ImDrawIdx>(vertices_.size());
  const std::size_t list_first = indices_.size();
  vertices_.insert(vertices_.end(), list.VtxBuffer.begin(), list.VtxBuffer.end());
  for (const ImDrawIdx index : list.IdxBuffer) indices_.push_back(base + index);
  for (const ImDrawCmd& command : list.CmdBuffer) {
    InterfaceChunk chunk;
    chunk.texture = command.GetTexID();
    chunk.clip = clip_box(command.ClipRect, data, canvas);
    if (!chunk.clip.empty() && command.ElemCount > 0) add_command(command, chunk, list_first, data);
  }
  ++list_;
}

const std::vector<PixelBox>& InterfaceChunks::update(const ImDrawData& data, const Canvas& canvas) {
  chunks_.swap(before_);
  chunks_.clear();
  vertices_.clear();
  indices_.clear();
  list_ = 0;
  for (const ImDrawList* list : data.CmdLists) add_list(*list, data, canvas);
  changed_.clear();
  if (known_)
    compare();
  else
    changed_.push_back({0, 0, canvas.width, canvas.height});
  known_ = true;
  return changed_;
}

// What is in one of the two frames only.
void InterfaceChunks::compare() {
  const auto& now = sort(chunks_, sorted_);
  const auto& before = sort(before_, sorted_before_);
  auto a = now.begin();
  auto b = before.begin();
  while (a != now.end() || b != before.end()) {
    if (b == before.end() || (a != now.end() && (*a)->hash < (*b)->hash)) {
      changed_.push_back((*a++)->box);
    } else if (a == now.end() || (*b)->hash < (*a)->hash) {
      changed_.push_back((*b++)->box);
    } else {
      ++a;
      ++b;
    }
  }
}

}  // namespace descent::web::render
