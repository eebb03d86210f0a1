using AltSendme.Core.Progress;

namespace AltSendme.Core.Tests.Progress;

public sealed class ByteTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1024 * 1024 - 1, "1 MiB")]
    [InlineData(150L << 20, "150 MiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    public void Sizes_read_well(long bytes, string expected) => Assert.Equal(expected, ByteText.Of(bytes));
}
