// The live picture as the page shows it now, whichever way it travels: an image, a canvas or a video; null before the first picture.
export const currentPicture = () => document.querySelector('.live-image.shown');

export const pictureWidth = picture => picture?.naturalWidth ?? picture?.videoWidth ?? picture?.width ?? 0;

export const pictureHeight = picture => picture?.naturalHeight ?? picture?.videoHeight ?? picture?.height ?? 0;
