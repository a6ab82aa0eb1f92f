using Tributary.Core.Kernel;

namespace Tributary.Tests.Core.Kernel;

public sealed class SignatureTests
{
    // RFC 4231, test case 2.
    [Fact]
    public void A_signature_is_hmac_sha_256_in_either_spelling()
    {
        Assert.Equal(
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            Signature.Hex("Jefe"u8, "what do ya want for nothing?"u8));
        Assert.Equal(
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
            Signature.Base64("Jefe"u8, "what do ya want for nothing?"u8));
    }
}
