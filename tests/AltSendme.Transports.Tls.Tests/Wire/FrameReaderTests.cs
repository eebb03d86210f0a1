using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Tests.Wire;

public sealed class FrameReaderTests
{
    public static TheoryData<string> Frames => new(Samples.Keys);

    private static Dictionary<string, Frame> Samples => new()
    {
        ["settings"] = Frame.Settings(MuxLimits.MaxSettingsLength),
        ["open"] = Frame.Open(new StreamId(4)),
        ["data"] = Frame.Data(new StreamId(70), MuxLimits.MaxDataLength),
        ["fin"] = Frame.Fin(new StreamId(20_000)),
        ["window"] = Frame.Window(new StreamId(1), 1UL << 40),
        ["reset"] = Frame.Reset(new StreamId(1UL << 40), MuxLimits.MaxCredit),
        ["stop"] = Frame.Stop(new StreamId(3), 0),
        ["streams"] = Frame.Streams(64),
        ["ping"] = Frame.Ping(1),
        ["pong"] = Frame.Pong(ulong.MaxValue >> 2),
        ["close"] = Frame.Close(3, MuxLimits.MaxReasonLength),
        ["fault"] = Frame.Fault(MuxFaultCode.FlowControl, 0),
    };

    [Theory, MemberData(nameof(Frames))]
    public void A_frame_is_read_as_it_was_written(string name)
    {
        var written = RawPeer.Encode(Samples[name]);

        var status = FrameReader.Read([.. written, 0xFF, 0xFF], out var frame, out var length, out _);

        Assert.Equal(FrameStatus.Complete, status);
        Assert.Equal(Samples[name], frame);
        Assert.Equal(written.Length, length);
    }

    [Theory, MemberData(nameof(Frames))]
    public void A_frame_that_is_cut_anywhere_asks_for_more(string name)
    {
        var written = RawPeer.Encode(Samples[name]);

        for (var length = 0; length < written.Length; length++)
            Assert.Equal(FrameStatus.Incomplete, FrameReader.Read(written.AsSpan(0, length), out _, out _, out _));
    }

    [Theory]
    [InlineData("0C00", MuxFaultCode.Malformed)]               // no such type
    [InlineData("FF", MuxFaultCode.Malformed)]
    [InlineData("014004", MuxFaultCode.Malformed)]             // 4 in two bytes
    [InlineData("0204C000000000000001", MuxFaultCode.Malformed)]
    [InlineData("020400", MuxFaultCode.Malformed)]             // no data
    [InlineData("040400", MuxFaultCode.Malformed)]             // no credit
    [InlineData("0700", MuxFaultCode.Malformed)]
    [InlineData("020480010001", MuxFaultCode.TooLarge)]        // 65,537 bytes of data
    [InlineData("0204FFFFFFFFFFFFFFFF", MuxFaultCode.TooLarge)]
    [InlineData("0A0080100000", MuxFaultCode.TooLarge)]        // a reason of 1 MiB
    [InlineData("0B004401", MuxFaultCode.TooLarge)]            // a reason of 1,025 bytes
    [InlineData("004101", MuxFaultCode.TooLarge)]              // settings of 257 bytes
    public void A_frame_that_may_not_be_is_refused(string hex, object code)
    {
        var status = FrameReader.Read(Convert.FromHexString(hex), out _, out _, out var fault);

        Assert.Equal(FrameStatus.Invalid, status);
        Assert.Equal((MuxFaultCode)code, fault.Code);
    }

    [Fact]
    public void Any_bytes_are_a_frame_in_its_only_form_or_none()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var bytes = new byte[Frame.MaxHeaderLength];
        for (var round = 0; round < 200_000; round++)
        {
            random.NextBytes(bytes);
            bytes[0] %= 14;
            if (random.Next(2) == 0)
                bytes[1] &= 0x3F;
            var source = bytes.AsSpan(0, random.Next(bytes.Length + 1));

            var status = FrameReader.Read(source, out var frame, out var length, out _);

            if (status == FrameStatus.Complete)
                Assert.True(source[..length].SequenceEqual(RawPeer.Encode(frame)), $"seed {seed}, round {round}");
            else
                Assert.True(status == FrameStatus.Invalid || source.Length < Frame.MaxHeaderLength, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Settings_survive_unknown_keys_and_refuse_a_cut()
    {
        Assert.True(MuxSettings.TryRead([1, 5, 9, 9, 2, 7], out var settings, out _));
        Assert.Equal(new MuxSettings(5, 7), settings);
        Assert.False(MuxSettings.TryRead([1, 5, 2], out _, out var fault));
        Assert.Equal(MuxFaultCode.Malformed, fault.Code);
    }
}
