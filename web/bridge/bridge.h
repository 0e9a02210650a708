// SPDX-License-Identifier: MIT
// Bridge: what the C++ side of the page and the JavaScript side ask of each other. Every call returns at once; results
// come back as messages, also in a background tab.
#pragma once

namespace descent::web::bridge {

enum class FileRequest { dataset, weights };

// Opens the file picker; what is chosen is read and handed to the trainer's worker.
void request_files(FileRequest request);
// Downloads the network's weights and the optimizer's state as safetensors.
void save_weights();
// Starts loading (MNIST) or generating (procedural digits) the default data set unless one is there or on its way.
void ensure_dataset();

}  // namespace descent::web::bridge
