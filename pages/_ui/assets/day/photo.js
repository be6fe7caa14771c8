// A photo is made small before it is kept: an hour without a connection must fit into the browser.
import { fill } from "./dom.js";

const SIDE = 1_280;
const QUALITY = 0.72;
const MOST = 4;

const smaller = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
};

// Returns a sentence where the photo could not be taken in, nothing else.
export const addPhoto = async (input, draft, change, texts) => {
  const file = input.files[0];
  input.value = "";
  if (!file) return "";
  if ((draft.photos?.length ?? 0) + (draft.sent_photos?.length ?? 0) >= MOST) return fill(texts.most_photos, { count: MOST });
  try {
    const photo = await smaller(file);
    if (!change({ photos: [...(draft.photos ?? []), photo] })) {
      change({ photos: draft.photos.slice(0, -1) });
      return texts.photo_no_room;
    }
    return "";
  } catch {
    return texts.no_picture;
  }
};
