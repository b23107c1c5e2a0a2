package kr.dolbom.caseworker.account.proof;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A QR code to be drawn as SVG.
///
/// @param size its width and height in squares, with the quiet edge
/// @param path the dark squares, an SVG path
public record QrCode(int size, String path) {
    private static final int EDGE = 4;

    /// What a telephone reads to make one-time codes: `otpauth://totp/…`.
    public static QrCode ofSecret(String login, String secret) {
        String label = URLEncoder.encode(login, StandardCharsets.UTF_8);
        return of("otpauth://totp/Dolbom:" + label + "?secret=" + secret + "&issuer=Dolbom");
    }

    /// Any text.
    public static QrCode of(String text) {
        try {
            BitMatrix squares =
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, EDGE));
            var path = new StringBuilder();
            for (int y = 0; y < squares.getHeight(); y++) {
                for (int x = 0; x < squares.getWidth(); x++) {
                    if (squares.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return new QrCode(squares.getWidth(), path.toString());
        } catch (WriterException e) {
            throw new IllegalStateException("a text of %d letters fits no QR code".formatted(text.length()), e);
        }
    }
}
