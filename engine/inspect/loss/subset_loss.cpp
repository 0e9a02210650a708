// SPDX-License-Identifier: MIT
#include "engine/inspect/loss/subset_loss.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/inspect/loss/subset_loss_impl.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr std::int64_t kSumElements = 4096;  // of the shards' sum, a task

}  // namespace

template <class T>
void SubsetLoss<T>::Impl::list_tasks() {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const nn::Step<T>& step = plan.steps[i];
    if (step.parameter_count == 0) continue;
    if (step.needs.whole_batch_gradient) {
      for (int task = 0; task < step.operation->gradient_tasks(); ++task) tasks.push_back({i, task});
      continue;
    }
    for (std::int64_t begin = 0; begin < step.parameter_count; begin += kSumElements)
      tasks.push_back({i, -1, begin, std::min(kSumElements, step.parameter_count - begin)});
  }
}

template <class T>
core::Result<SubsetLoss<T>> SubsetLoss<T>::build(const nn::NetworkSpec& spec,
                                                 std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                 std::int64_t images) {
  DESCENT_ASSERT(images >= 1 && images <= dataset->size());
  DESCENT_ASSERT(static_cast<std::int64_t>(dataset->image_size()) == spec.input.size());
  auto impl = std::make_unique<Impl>();
  if (core::Status status = nn::bind_layers<T>(spec, impl->layers); !status.ok()) return status.error();
  std::vector<std::int64_t> offsets;
  for (const auto& layer : impl->layers) {
    offsets.push_back(impl->parameters);
    for (const nn::ParameterLayout& layout_of : layer->parameters()) {
      if (layout_of.torch_shape.size() == 1)
        impl->biases.emplace_back(impl->parameters, impl->parameters + layout_of.size());
      impl->parameters += layout_of.size();
    }
  }
  impl->plan = nn::make_plan<T>(impl->layers, offsets);
  for (const nn::Tensor& tensor : impl->plan.tensors) impl->largest = std::max(impl->largest, tensor.size);
  for (const nn::Step<T>& step : impl->plan.steps) {
    impl->rules.emplace_back(impl->layers, step, spec.layers[static_cast<std::size_t>(step.first_layer)].type);
    impl->rows_offsets.push_back(impl->rows);
    impl->rows += impl->rules.back().rows_size();
  }
  const std::int64_t elements = 4 * impl->parameters + 2 * impl->rows;
  if (!core::room_for(sizeof(T) * static_cast<std::uint64_t>(elements) +
                      2 * static_cast<std::uint64_t>(nn::Workspace<T>::bytes_for(impl->plan, kChunkImages, 2))))
    return core::Error{core::fill("the page has no memory for the curvature along {} parameters", impl->parameters)};
  impl->list_tasks();
  impl->dataset = std::move(dataset);
  impl->layout = layout;
  impl->images = images;
  impl->pixels.resize(static_cast<std::size_t>(kChunkImages * spec.input.size()));
  impl->result.resize(static_cast<std::size_t>(impl->parameters));
  return SubsetLoss(std::move(impl));
}

template <class T>
void SubsetLoss<T>::Impl::reserve(int threads) {
  at.reserve(plan, kChunkImages, threads);
  if (wanted == Wanted::product) along.reserve(plan, kChunkImages, threads);
  while (wanted == Wanted::product && static_cast<int>(spares.size()) < threads)
    spares.emplace_back(static_cast<std::size_t>(largest * nn::kBlockImages));
}

template <class T>
void SubsetLoss<T>::Impl::start(Wanted what) {
  DESCENT_ASSERT(!weights.empty());
  wanted = what;
  done = 0;
  loss = 0;
}

template <class T>
void SubsetLoss<T>::Impl::pack(const core::AlignedVector<T>& values, nn::Workspace<T>& workspace,
                               core::AlignedVector<T>& rows_of, parallel::ThreadPool& pool) const {
  rows_of.resize(static_cast<std::size_t>(rows));
  pool.run(static_cast<int>(plan.steps.size()) * nn::kPackParts, [&](int index, int /*worker*/) {
    const auto i = static_cast<std::size_t>(index / nn::kPackParts);
    const int part = index % nn::kPackParts;
    const nn::Step<T>& step = plan.steps[i];
    const T* own = values.data() + step.parameters;
    if (step.needs.packed > 0) step.operation->pack(own, workspace.packed.data() + step.packed, part, true);
    if (part == 0) rules[i].make_rows(own, rows_of.data() + rows_offsets[i]);
  });
}

template <class T>
SubsetLoss<T>::SubsetLoss(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <class T>
SubsetLoss<T>::SubsetLoss(SubsetLoss&&) noexcept = default;
template <class T>
SubsetLoss<T>& SubsetLoss<T>::operator=(SubsetLoss&&) noexcept = default;
template <class T>
SubsetLoss<T>::~SubsetLoss() = default;

template <class T>
std::int64_t SubsetLoss<T>::parameters() const {
  return impl_->parameters;
}
template <class T>
std::int64_t SubsetLoss<T>::images() const {
  return impl_->images;
}

template <class T>
void SubsetLoss<T>::set_weights(std::span<const T> weights) {
  DESCENT_ASSERT(static_cast<std::int64_t>(weights.size()) == impl_->parameters);
  impl_->weights.assign(weights.begin(), weights.end());
  impl_->without_bias = impl_->weights;
  for (const auto& [begin, end] : impl_->biases)
    std::fill(impl_->without_bias.data() + begin, impl_->without_bias.data() + end, T{0});
  impl_->weights_packed = false;
  impl_->done = impl_->images;
}

template <class T>
void SubsetLoss<T>::start_loss() {
  impl_->start(Impl::Wanted::loss);
}
template <class T>
void SubsetLoss<T>::start_gradient() {
  impl_->start(Impl::Wanted::gradient);
}
template <class T>
void SubsetLoss<T>::start_product(std::span<const T> direction) {
  DESCENT_ASSERT(static_cast<std::int64_t>(direction.size()) == impl_->parameters);
  impl_->direction.assign(direction.begin(), direction.end());
  impl_->direction_packed = false;
  impl_->start(Impl::Wanted::product);
}

template <class T>
bool SubsetLoss<T>::advance(parallel::ThreadPool& pool, double seconds) {
  Impl& impl = *impl_;
  if (impl.done >= impl.images) return false;
  const double begin = parallel::seconds_now();
  impl.reserve(pool.threads());
  if (!impl.weights_packed) impl.pack(impl.weights, impl.at, impl.rows_at, pool);
  impl.weights_packed = true;
  if (impl.wanted == Impl::Wanted::product && !impl.direction_packed) {
    impl.pack(impl.direction, impl.along, impl.rows_along, pool);
    impl.direction_packed = true;
  }
  do impl.run_chunk(pool);
  while (impl.done < impl.images && parallel::seconds_now() - begin < seconds);
  return impl.done < impl.images;
}

template <class T>
double SubsetLoss<T>::progress() const {
  return static_cast<double>(impl_->done) / static_cast<double>(impl_->images);
}
template <class T>
double SubsetLoss<T>::loss() const {
  DESCENT_ASSERT(impl_->done == impl_->images);
  return impl_->loss / static_cast<double>(impl_->images);
}
template <class T>
std::span<const T> SubsetLoss<T>::result() const {
  DESCENT_ASSERT(impl_->done == impl_->images && impl_->wanted != Impl::Wanted::loss);
  return impl_->result;
}

template class SubsetLoss<float>;
template class SubsetLoss<double>;

}  // namespace descent::inspect
