// The browser's text field over the canvas (web/browser/text_field.h): one <input> while something is typed, and what came of it,
// kept for the program's next frame. The program says when it is shown and where it stands.
// SPDX-License-Identifier: MIT

const kSlop = 10;  // points a finger moves before it means a swipe
const kFont = 'Descent';
// Phones zoom into fields with letters below 16 px: the field has those, and is shrunk to the 15 px of the program's.
const kScale = 15 / 16;
const kChanged = 1, kLeft = 2, kDropped = 4, kTabAhead = 8, kTabBack = 16;  // as web/browser/text_field.cpp reads them

export class TextField {
  #canvas;
  #field = null;  // {id, first: its text at the beginning, input}
  #pen = null;  // measures texts
  #leftBy = null;  // the key whose press closed the field, as long as it is down
  news = new Map();  // id → {text, flags}
  press = () => false;  // set by the program: shows the field at this point, if there is one

  constructor(canvas) {
    this.#canvas = canvas;
    canvas.addEventListener('mousedown', (event) => {
      this.#close(kLeft);
      // The browser would give the keyboard to what was pressed, the canvas.
      if (event.button === 0 && this.press(event.clientX, event.clientY)) event.preventDefault();
    });
    this.#watchTaps();
    // Nobody who holds Enter or Escape for a while means what it does beyond the field.
    for (const type of ['keydown', 'keyup']) canvas.addEventListener(type, (event) => this.#filterKey(event), true);
  }

  // 0: none.
  get open() {
    return this.#field?.id ?? 0;
  }

  get scroll() {
    return this.#field ? this.#field.input.scrollLeft * kScale : 0;
  }

  // The width of a text in the open field, in points. The browser has letters that the program's font has not.
  width(text) {
    if (!this.#field) return 0;
    this.#pen ??= document.createElement('canvas').getContext('2d');
    const { fontSize, fontFamily } = getComputedStyle(this.#field.input);  // the shorthand has no tabular figures: ''
    this.#pen.font = `${fontSize} ${fontFamily}`;
    return this.#pen.measureText(text).width * kScale;
  }

  // caret: where it stands in the text; negative: all is selected.
  show({ id, label, text, number, caret }) {
    this.#close(kLeft);
    const input = document.createElement('input');
    input.className = number ? 'over-canvas number' : 'over-canvas';
    input.type = 'text';
    input.value = text;
    input.setAttribute('aria-label', label);
    for (const name of ['autocapitalize', 'autocomplete', 'autocorrect']) input.setAttribute(name, 'off');
    input.spellcheck = false;
    input.enterKeyHint = 'done';
    input.style.clipPath = 'inset(100%)';  // until it is placed
    this.#listen(input);
    this.#field = { id, first: text, input };
    document.body.append(input);
    input.focus({ preventScroll: true });
    if (caret < 0) input.select();
    else input.setSelectionRange(caret, caret);
  }

  // box: {x, y, width, height}; hidden: how much of it is out of sight at each side. Points of the canvas, each of
  // `magnification` CSS pixels.
  place(box, hidden, wrong, magnification) {
    if (!this.#field) return;
    const { input } = this.#field;
    const px = (points) => `${points / kScale}px`;
    Object.assign(input.style, {
      left: `${box.x * magnification}px`, top: `${box.y * magnification}px`, width: px(box.width), height: px(box.height),
      transform: `scale(${kScale * magnification})`,
      clipPath: `inset(${[hidden.top, hidden.right, hidden.bottom, hidden.left].map((side) => px(Math.max(0, side))).join(' ')})`,
    });
    if (wrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  // drop() is for a field whose place is gone: nobody asks for the text any more.
  drop() {
    const id = this.open;
    this.#close(kDropped);
    this.news.delete(id);
  }

  take(id) {
    const news = this.news.get(id);
    this.news.delete(id);
    return news;
  }

  useFont(bytes) {
    new FontFace(kFont, bytes).load().then((face) => document.fonts.add(face), () => {});  // else the system's
  }

  #close(flags) {
    if (!this.#field) return;
    const { input } = this.#field;
    this.#tell(kLeft | flags);
    this.#field = null;
    const had = document.activeElement === input;
    input.remove();
    if (had) this.#canvas.focus({ preventScroll: true });
  }

  #tell(flags = 0) {
    const { id, first, input } = this.#field;
    this.news.set(id, { text: input.value, flags: flags | (input.value === first ? 0 : kChanged) });
  }

  #listen(input) {
    input.addEventListener('input', () => this.#tell());
    input.addEventListener('keydown', (event) => this.#key(event));
    // Another window may come in front, as to copy from it: the field is still there afterwards.
    input.addEventListener('blur', () => {
      if (this.#field?.input === input && document.hasFocus()) this.#close(kLeft);
    });
    // The wheel scrolls what the field stands in.
    input.addEventListener('wheel', (event) => {
      event.preventDefault();
      for (const Kind of [MouseEvent, WheelEvent]) {
        this.#canvas.dispatchEvent(new Kind(Kind === MouseEvent ? 'mousemove' : 'wheel', event));
      }
    }, { passive: false });
  }

  #key(event) {
    // Keys that an input method takes are its own: Enter accepts, Escape gives back what it composed. 229: Safari's.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const tab = event.shiftKey ? kTabBack : kTabAhead;
    const flags = { Enter: kLeft, Escape: kDropped, Tab: tab }[event.key];
    if (flags === undefined) return;
    event.preventDefault();
    this.#leftBy = event.code;
    this.#close(flags);
  }

  #filterKey(event) {
    if (this.#leftBy === null) return;
    const same = event.code === this.#leftBy;
    if (same && (event.repeat || event.type === 'keyup')) event.stopImmediatePropagation();
    if (!same || !event.repeat) this.#leftBy = null;
  }

  #watchTaps() {
    let down = null;
    this.#canvas.addEventListener('touchstart', (event) => {
      const { clientX, clientY } = event.touches[0];
      down = event.touches.length === 1 ? { x: clientX, y: clientY } : null;
      this.#close(kLeft);
    }, { passive: true });
    this.#canvas.addEventListener('touchend', (event) => {
      const { clientX, clientY } = event.changedTouches[0];
      if (down && Math.hypot(clientX - down.x, clientY - down.y) <= kSlop) this.press(down.x, down.y);
      down = null;
    });
  }
}
