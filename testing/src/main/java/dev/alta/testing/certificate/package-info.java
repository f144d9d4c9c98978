/**
 * Certificates for tests that encrypt.
 *
 * <p>In: a folder and a name. Out: a certificate that signs itself and its key, in PEM form. Front
 * door: {@link dev.alta.testing.certificate.TestCertificates}.
 */
@NullMarked
package dev.alta.testing.certificate;

import org.jspecify.annotations.NullMarked;
