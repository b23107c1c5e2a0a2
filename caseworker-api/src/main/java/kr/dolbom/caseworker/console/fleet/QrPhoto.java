package kr.dolbom.caseworker.console.fleet;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the QR code in a photo or in one picture of a camera: browsers that can do so themselves are few.
final class QrPhoto {
    private static final Set<String> FORMATS = Set.of("JPEG", "png");
    /// Larger pictures are not opened: a small file may claim to be a very large one.
    private static final long MOST_PIXELS = 120_000_000;
    /// A code is found best in pictures of about these sides, in pixels.
    private static final int[] SIDES = {1600, 800};

    private QrPhoto() {}

    /// What the code says; empty: there is none, or this is no JPEG or PNG.
    static Optional<String> read(byte[] photo) {
        for (int side : SIDES) {
            try {
                BufferedImage picture = open(photo, side);
                if (picture == null) {
                    return Optional.empty();
                }
                return Optional.of(decode(picture));
            } catch (ReaderException _) {
                // Smaller, it may be found yet.
            } catch (IOException | RuntimeException _) {
                // A picture that is broken makes the reader fail in any way.
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String decode(BufferedImage picture) throws ReaderException {
        int width = picture.getWidth();
        int height = picture.getHeight();
        var light = new RGBLuminanceSource(width, height, picture.getRGB(0, 0, width, height, null, 0, width));
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(light)), Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    private static @Nullable BufferedImage open(byte[] photo, int side) throws IOException {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(photo))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input);
                long width = reader.getWidth(0);
                long height = reader.getHeight(0);
                if (!FORMATS.contains(reader.getFormatName()) || width * height > MOST_PIXELS) {
                    return null;
                }
                int step = Math.max(1, Math.toIntExact(Math.max(width, height) / side));
                ImageReadParam param = reader.getDefaultReadParam();
                param.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, param);
            } finally {
                reader.dispose();
            }
        }
    }
}
