using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Tests.Paths;

/// <summary>Challenges of the peer's (RFC 9000, section 8.2.2).</summary>
public sealed class PathValidationTests
{
    [Fact]
    public void Of_a_flood_of_challenges_the_newest_few_are_answered()
    {
        var validation = new PathValidation();
        for (var challenge = 1UL; challenge <= 100; challenge++)
            validation.OnChallenge(challenge);

        var answers = new List<ulong>();
        while (validation.IsResponsePending)
            answers.Add(validation.TakeResponse());

        Assert.Equal([100, 99, 98, 97], answers);
    }
}
