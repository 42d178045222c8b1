import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/*
 * What java.util.Properties reads from the files that standard input names, one a line: `= FILE`,
 * then `KEY<tab>VALUE` for each entry in file order, or `!` for a file that cannot be read or whose
 * text cannot be written as UTF-8 without a NUL. Bytes other than printable ASCII, and the
 * backslash, are \xHH. A BOM is cut, since Java would take it for a part of the first key.
 */
final class Properties {
	/* Keeps order and doubled keys, which the table of java.util.Properties loses. */
	private static final class Entries extends java.util.Properties {
		private static final long serialVersionUID = 1;
		private final StringBuilder text = new StringBuilder();

		@Override
		public synchronized Object put(Object key, Object value) {
			append((String) key);
			text.append('\t');
			append((String) value);
			text.append('\n');
			return super.put(key, value);
		}

		private void append(String part) {
			ByteBuffer bytes;
			try {
				bytes = StandardCharsets.UTF_8.newEncoder()
					.encode(CharBuffer.wrap(part));
			} catch (CharacterCodingException e) {
				throw new IllegalArgumentException("half of a surrogate pair", e);
			}
			while (bytes.hasRemaining()) {
				int b = bytes.get() & 0xFF;
				if (b == 0)
					throw new IllegalArgumentException("a NUL character");
				if (b < 0x20 || b > 0x7E || b == '\\')
					text.append(String.format("\\x%02X", b));
				else
					text.append((char) b);
			}
		}
	}

	private static Reader open(Path path) throws IOException {
		InputStream in = Files.newInputStream(path);
		Reader reader = new BufferedReader(
			new InputStreamReader(in, StandardCharsets.UTF_8));
		reader.mark(1);
		if (reader.read() != 0xFEFF)
			reader.reset();
		return reader;
	}

	public static void main(String[] arguments) throws IOException {
		PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
		BufferedReader names = new BufferedReader(new InputStreamReader(System.in));
		for (String name; (name = names.readLine()) != null;) {
			Entries entries = new Entries();
			String text;
			try (Reader reader = open(Path.of(name))) {
				entries.load(reader);
				text = entries.text.toString();
			} catch (IllegalArgumentException e) {
				text = "!\n";
			}
			out.print("= " + name + "\n" + text);
		}
		out.flush();
		if (out.checkError())
			System.exit(1);
	}
}
