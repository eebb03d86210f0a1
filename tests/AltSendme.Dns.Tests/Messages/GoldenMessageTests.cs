using System.Globalization;
using System.Text;

namespace AltSendme.Dns.Tests.Messages;

/// <summary>Bytes of others: dnspython's (vectors/make.py) and those that stand in RFCs.</summary>
public sealed class GoldenMessageTests
{
    public static TheoryData<string, string, string> Messages
    {
        get
        {
            using var reader = new StreamReader(typeof(GoldenMessageTests).Assembly.GetManifestResourceStream("dnspython.tsv")!);
            var data = new TheoryData<string, string, string>();
            foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#'))
            {
                var parts = line.Split('\t');
                data.Add(parts[0], parts[1], string.Join('\n', parts[2..].Order(StringComparer.Ordinal)));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Messages_of_another_implementation_are_understood(string name, string hex, string records)
    {
        Assert.True(DnsMessage.TryRead(Convert.FromHexString(hex), out var message, out var fault), $"{name}: {fault}");

        Assert.Equal(0x1234, message.Id);
        Assert.True(message.IsResponse);
        Assert.Equal(DnsType.Txt, Assert.Single(message.Questions).Type);
        Assert.Equal(1232, (int)Assert.Single(message.Additionals, static record => record.Type == DnsType.Opt).Class);
        Assert.Equal(records, string.Join('\n', message.Answers.Select(Describe).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_written_again_says_the_same(string name, string hex, string records)
    {
        Assert.True(DnsMessage.TryRead(Convert.FromHexString(hex), out var message, out _), name);

        var written = message.ToArray();

        Assert.True(DnsMessage.TryRead(written, out var read, out var fault), fault.ToString());
        Assert.Equal(records, string.Join('\n', read.Answers.Select(Describe).Order(StringComparer.Ordinal)));

        // Only names in SRV data stay uncompressed here.
        Assert.True(name == "service" || written.Length <= hex.Length / 2, "Compression found less than the other implementation's.");
    }

    [Fact]
    public void The_example_of_compression_in_RFC_1035_reads_as_it_says()
    {
        var bytes = new byte[12 + 93];
        Convert.FromHexString("0146 03495349 0441525041 00".Replace(" ", "", StringComparison.Ordinal)).CopyTo(bytes.AsSpan(20));
        Convert.FromHexString("03464f4fc014").CopyTo(bytes.AsSpan(40));
        var reader = new DnsReader(bytes);
        reader.TryReadBytes(40, out _);

        Assert.True(reader.TryReadName(out var name));
        Assert.Equal("FOO.F.ISI.ARPA", name.ToString());
        Assert.Equal(46, reader.Position);
    }

    [Fact]
    public void The_example_of_NSEC_in_RFC_4034_reads_as_it_says()
    {
        // Its data alone: next name, then the windows 0 and 4.
        var data = Convert.FromHexString("04686f7374076578616d706c6503636f6d00" + "0006400100000003" + "041b" + "0000000000000000000000000000000000000000000000000000" + "20");
        var reader = new DnsReader(data);

        Assert.True(DnsData.TryRead(ref reader, DnsType.Nsec, data.Length, out var read));

        var existence = Assert.IsType<DnsExistenceData>(read);
        Assert.Equal("host.example.com", existence.Next.ToString());
        Assert.Equal([(DnsType)1, (DnsType)15, (DnsType)46, (DnsType)47, (DnsType)1234], existence.Types);
    }

    [Fact]
    public void A_response_of_python_zeroconf_is_read_although_its_NSEC_is_wrong()
    {
        const string Captured = "000084000000000100000004075f69726f687631045f756470056c6f63616c00000c000100001194003734766f7632786b356c766f7632786b356c766f7632786b356c766f7632786b356c766f7632786b356c766f7632786b356c766f7671c00c"
            + "c02a0021800100000078004200000000115139766f7632786b356c766f7632786b356c766f7632786b356c766f7632786b356c766f7632786b356c766f7632786b356c766f76712d34343333c019c02a0010800100001194001d1c72656c61793d68747470733a2f2f"
            + "72656c61792e6578616d706c652fc073002f800100001194000ac0730000000400000008c073000180010000007800040a010203";

        Assert.True(DnsMessage.TryRead(Convert.FromHexString(Captured), out var message, out var fault), fault.ToString());

        Assert.IsType<DnsRawData>(Assert.Single(message.Additionals, static record => record.Type == DnsType.Nsec).Data);
        Assert.Equal(4433, Assert.IsType<DnsServiceData>(message.Additionals[0].Data).Port);
        Assert.Equal("10.1.2.3", Assert.IsType<DnsAddressData>(message.Additionals[^1].Data).Address.ToString());
    }

    private static string Describe(DnsRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.Name}|{(int)record.Type}|{record.Ttl}|{Describe(record.Data)}");

    private static string Describe(DnsData data) => data switch
    {
        DnsAddressData address => address.Address.ToString(),
        DnsNameData name => name.Target + ".",
        DnsServiceData service => $"{service.Priority} {service.Weight} {service.Port} {service.Target}.",
        DnsAuthorityData authority => $"{authority.Server}. {authority.Contact}. {authority.Serial} {authority.Refresh} {authority.Retry} {authority.Expire} {authority.Minimum}",
        DnsExistenceData existence => $"{existence.Next}. {string.Join(' ', existence.Types.Select(static type => Enum.IsDefined(type) ? type.ToString().ToUpperInvariant() : $"TYPE{(int)type}"))}",
        DnsTextData texts => string.Join(' ', texts.Strings.Select(static text => $"\"{Encoding.UTF8.GetString(text.Span)}\"")),
        DnsRawData raw => $@"\# {raw.Bytes.Length} {Convert.ToHexStringLower(raw.Bytes.Span)}",
        _ => throw new InvalidOperationException(data.GetType().Name),
    };
}
