using System.Net;

namespace AltSendme.Abstractions.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1.0", 1, 0)]
    [InlineData("12.34", 12, 34)]
    public void A_contract_version_is_written_as_it_is_read(string text, int major, int minor)
    {
        Assert.True(ContractVersion.TryParse(text, out var version));
        Assert.Equal(new ContractVersion(major, minor), version);
        Assert.Equal(text, version.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData("1.0.0")]
    [InlineData("-1.0")]
    [InlineData("1. 0")]
    [InlineData("99999999999.0")]
    public void Other_versions_are_refused(string? text) => Assert.False(ContractVersion.TryParse(text, out _));

    [Theory]
    [InlineData(2, 3, true)]
    [InlineData(2, 0, true)]
    [InlineData(2, 4, false)]
    [InlineData(1, 0, false)]
    [InlineData(3, 0, false)]
    public void A_host_takes_plugins_of_its_major_and_of_no_later_minor(int major, int minor, bool accepted) =>
        Assert.Equal(accepted, new ContractVersion(2, 3).Accepts(new ContractVersion(major, minor)));

    [Fact]
    public void A_protocol_name_has_1_to_255_bytes()
    {
        Assert.Equal("/iroh-bytes/4", Alpn.Blobs.ToString());
        Assert.Equal(new Alpn("/iroh-bytes/4"), Alpn.Blobs);
        Assert.Throws<ArgumentException>(() => new Alpn(""));
        Assert.Equal(255, new Alpn(new string('x', 255)).Name.Length);
        Assert.Throws<ArgumentException>(() => new Alpn(new string('é', 128)));
    }

    [Fact]
    public void Candidates_are_equal_when_address_source_and_age_are()
    {
        var address = EndpointAddress.FromIp(new IPEndPoint(IPAddress.Loopback, 1));

        Assert.Equal(new Candidate(address, CandidateSource.Ticket), new Candidate(address, new CandidateSource("ticket")));
        Assert.NotEqual(new Candidate(address, CandidateSource.Ticket), new Candidate(address, CandidateSource.User));
        Assert.NotEqual(new Candidate(address, CandidateSource.Ticket), new Candidate(address, CandidateSource.Ticket) { Age = TimeSpan.FromSeconds(1) });
        Assert.Equal("ticket", CandidateSource.Ticket.ToString());
    }

    [Fact]
    public void An_error_keeps_its_code_its_sentence_and_its_cause()
    {
        var cause = new IOException("disk");
        AltSendmeException error = new StorageException("store.failed", "It failed.", cause);

        Assert.Equal(("store.failed", "It failed."), (error.Code, error.Message));
        Assert.Same(cause, error.InnerException);
    }
}
