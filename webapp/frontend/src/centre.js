// Brings the present step of a diagram into the middle of its frame.
for (const frame of document.querySelectorAll(".drawing.wide, .drawing[data-centre]")) {
  if ("centre" in frame.dataset) frame.classList.add("centred");
  centre(frame);
  frame.closest("details")?.addEventListener("toggle", () => centre(frame));
}

function centre(frame) {
  const present = frame.querySelector(".is-present, .is-incident, .is-waiting");
  if (!present) return;
  const place = present.getBoundingClientRect();
  const around = frame.getBoundingClientRect();
  frame.scrollLeft += place.left + place.width / 2 - (around.left + around.width / 2);
  frame.scrollTop += place.top + place.height / 2 - (around.top + around.height / 2);
}
