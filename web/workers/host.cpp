// SPDX-License-Identifier: MIT
// Does what concerns all workers. Each makes its core on its own thread, so that none of it delays the first frame.
#include "web/workers/host.h"

#include <utility>

namespace descent::web {
namespace {

// `act` on every worker's entry, in the order of the list.
template <class Workers, class Act>
void for_each(Workers& workers, Act act) {
  std::apply([&](auto&... hosted) { (act(hosted), ...); }, workers);
}

}  // namespace

Host::Host() {
  for_each(workers_, [this]<class Core>(Hosted<Core>&) {
    if constexpr (kStartsWithPage<Core>) static_cast<void>(worker<Core>());
  });
}

// The last of the list ends first: those before it may still be told what it found.
Host::~Host() {
  const auto end = [this]<std::size_t... i>(std::index_sequence<i...>) {
    (std::get<sizeof...(i) - 1 - i>(workers_).worker.reset(), ...);
  };
  end(std::make_index_sequence<std::tuple_size_v<decltype(workers_)>>());
}

void Host::read_snapshots() {
  for_each(workers_, [](auto& hosted) {
    if (hosted.worker) static_cast<void>(hosted.worker->snapshot());
  });
}

std::uint64_t Host::snapshots_read() const {
  std::uint64_t read = 0;
  for_each(workers_, [&]<class Core>(const Hosted<Core>& hosted) {
    constexpr bool kDisplays = !std::is_empty_v<typename Core::Snapshot>;
    if (kDisplays && hosted.worker) read += hosted.worker->snapshots_read();
  });
  return read;
}

bool Host::settled() {
  read_snapshots();
  bool settled = true;
  for_each(workers_, [&](const auto& hosted) { settled = settled && (!hosted.worker || hosted.worker->settled()); });
  return settled;
}

void Host::restart(RaceWorker::Command race, TrainerWorker::Command trainer) {
  this->race().restart(std::move(race));
  this->trainer().restart(std::move(trainer));
  for_each(workers_, []<class Core>(Hosted<Core>& hosted) {
    if constexpr (kStartsWithPage<Core>) return;
    if (hosted.worker) hosted.worker->restart([](Core&) {});
    hosted.asked = false;
  });
}

}  // namespace descent::web
