(() => {
  const countdown = document.querySelector(".countdown");
  const [days, hours, minutes, seconds] = countdown.dataset.units.split(" ");
  const opens = Date.now() + Number(countdown.dataset.opens) * 1000; // goes on while the device sleeps
  const two = (number) => String(number).padStart(2, "0");

  const tick = () => {
    const left = Math.ceil((opens - Date.now()) / 1000);
    if (left <= 0) {
      location.replace(location.pathname);
      return;
    }
    const day = Math.floor(left / 86400), hour = Math.floor(left / 3600) % 24, minute = Math.floor(left / 60) % 60;
    const long = [`${day} ${days}`, `${hour} ${hours}`, `${minute} ${minutes}`];
    const short = [`${hour} ${hours}`, `${two(minute)} ${minutes}`, `${two(left % 60)} ${seconds}`];
    countdown.textContent = (day ? long : hour ? short : short.slice(1)).join(" ");
    setTimeout(tick, 1000);
  };

  const device = document.querySelector(".device");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (device && here !== device.dataset.zone) {
    const form = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
    const starts = new Date(device.dataset.starts);
    device.querySelector("time").textContent = starts.toLocaleString(document.documentElement.lang, form);
    device.querySelector("time").dateTime = device.dataset.starts;
    device.hidden = false;
  }
  tick();
})();
