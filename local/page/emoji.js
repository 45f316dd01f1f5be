// The emoji shortcodes that bots and people use most; an unknown one stays as it was typed.

const KNOWN = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", tada: "🎉", eyes: "👀", rocket: "🚀",
  smile: "😄", smiley: "😃", grinning: "😀", grin: "😁", laughing: "😆", joy: "😂", wink: "😉",
  blush: "😊", slightly_smiling_face: "🙂", neutral_face: "😐", expressionless: "😑",
  slightly_frowning_face: "🙁", white_frowning_face: "☹️", disappointed: "😞", worried: "😟",
  angry: "😠", rage: "😡", cry: "😢", sob: "😭", thinking_face: "🤔", heart_eyes: "😍",
  heart: "❤️", broken_heart: "💔", fire: "🔥", star: "⭐", sparkles: "✨", zap: "⚡", bulb: "💡",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌",
  warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫", question: "❓", exclamation: "❗",
  information_source: "ℹ️", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️",
  clock1: "🕐", alarm_clock: "⏰", calendar: "📆", date: "📅", bell: "🔔", mega: "📣",
  loudspeaker: "📢", speech_balloon: "💬", memo: "📝", pencil: "📝", pencil2: "✏️",
  page_facing_up: "📄", clipboard: "📋", bookmark_tabs: "📑", books: "📚", book: "📖",
  file_folder: "📁", open_file_folder: "📂", paperclip: "📎", link: "🔗", lock: "🔒",
  key: "🔑", mag: "🔍", mag_right: "🔎", gear: "⚙️", wrench: "🔧", hammer: "🔨",
  bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉",
  microphone: "🎤", studio_microphone: "🎙️", headphones: "🎧", sound: "🔉", speaker: "🔈",
  musical_note: "🎵", telephone_receiver: "📞", phone: "☎️", iphone: "📱", computer: "💻",
  camera: "📷", frame_with_picture: "🖼️", movie_camera: "🎥", clapper: "🎬", robot_face: "🤖",
  wave: "👋", raised_hands: "🙌", clap: "👏", pray: "🙏", muscle: "💪", ok_hand: "👌",
  point_right: "👉", point_down: "👇", point_up: "☝️", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", globe_with_meridians: "🌐", earth_africa: "🌍", email: "📧",
  envelope: "✉️", inbox_tray: "📥", outbox_tray: "📤", package: "📦", label: "🏷️",
  wastebasket: "🗑️", recycle: "♻️", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️",
  arrow_down: "⬇️", arrows_counterclockwise: "🔄", repeat: "🔁", rewind: "⏪",
  red_circle: "🔴", large_blue_circle: "🔵", large_green_circle: "🟢", white_circle: "⚪",
  black_circle: "⚫", large_yellow_circle: "🟡", large_orange_circle: "🟠",
  construction: "🚧", rotating_light: "🚨", trophy: "🏆", dart: "🎯", cat: "🐱", dog: "🐶",
  art: "🎨", shield: "🛡️", scissors: "✂️", one: "1️⃣", two: "2️⃣", three: "3️⃣",
};

export const emoji = (name) => KNOWN[name.split("::")[0]] || null;