package io.holdpoint.workflow.approval;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Fields one after another, each behind its length in four bytes: no two lists of fields have the same bytes. */
final class LengthPrefixed {

    private LengthPrefixed() {}

    static final class Writer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Writer put(byte[] field) {
            return put(field, 0, field.length);
        }

        Writer put(byte[] source, int from, int to) {
            putLength(to - from);
            bytes.write(source, from, to - from);
            return this;
        }

        Writer put(String field) {
            return put(field.getBytes(StandardCharsets.UTF_8));
        }

        Writer put(int number) {
            return put(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }

        private void putLength(int length) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        }
    }

    static final class Reader {

        private final ByteBuffer bytes;

        Reader(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        /** @throws BufferUnderflowException if there is no whole field left */
        byte[] bytes() {
            var length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            var field = new byte[length];
            bytes.get(field);
            return field;
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        int number() {
            return ByteBuffer.wrap(bytes()).getInt();
        }
    }
}
