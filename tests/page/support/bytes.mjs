// Long byte arrays leave the page as text, and come as text.
// SPDX-License-Identifier: MIT

// Runs in the page.
export function carryBytes() {
  window.__base64 = async (bytes) => new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1]);
    reader.readAsDataURL(new Blob([bytes]));
  });
  window.__bytes = (base64) => {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return bytes;
  };
}
