// Scans the code on a box with the camera. Without one it is photographed or typed.
(() => {
  const print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  const scan = document.getElementById("scan");
  if (!scan) return;
  const told = document.getElementById("scan-told");
  const form = document.getElementById("enrol-form");
  const fill = (text) => {
    if (!text.startsWith("DOLBOM:1?")) {
      told.textContent = scan.dataset.foreign;
      return false;
    }
    const label = new URLSearchParams(text.slice("DOLBOM:1?".length));
    form.claim.value = label.get("claim") || "";
    form.device.value = label.get("device") || "";
    form.vendor.value = label.get("vendor") || "";
    form.model.value = label.get("model") || "";
    told.textContent = scan.dataset.found;
    form.querySelector("button").focus();
    return true;
  };
  form.claim.addEventListener("change", () => form.claim.value.startsWith("DOLBOM:") && fill(form.claim.value));
  if (!navigator.mediaDevices) return;
  scan.hidden = false;

  // Few browsers read codes themselves; for the others the server looks at one picture after the other.
  const canvas = document.createElement("canvas");
  const ask = async (video) => {
    const scale = Math.min(1, 800 / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    const answer = await fetch("/fleet/enrol/frame", { method: "POST", body: picture,
      headers: { "Content-Type": "image/jpeg", "X-CSRF-Token": document.querySelector("meta[name=csrf]").content } });
    return answer.status === 200 ? answer.text() : "";
  };
  const reader = async () => {
    const formats = "BarcodeDetector" in window ? await window.BarcodeDetector.getSupportedFormats() : [];
    if (!formats.includes("qr_code")) return ask;
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => ((await detector.detect(video))[0] || { rawValue: "" }).rawValue;
  };

  document.getElementById("scan-start").addEventListener("click", async () => {
    const video = document.getElementById("scan-video");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      const read = await reader();
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      const look = async () => {
        const text = await read(video).catch(() => "");
        if (text && fill(text)) {
          stream.getTracks().forEach((track) => track.stop());
          video.hidden = true;
          return;
        }
        window.setTimeout(look, 300);
      };
      look();
    } catch {
      told.textContent = scan.dataset.none;
    }
  });
})();
