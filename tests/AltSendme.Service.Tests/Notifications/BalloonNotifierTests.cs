using System.Runtime.Versioning;
using AltSendme.Service.Notifications;

namespace AltSendme.Service.Tests.Notifications;

public sealed class BalloonNotifierTests
{
    [Theory]
    [SupportedOSPlatform("windows")]
    [InlineData("short", 8, "short")]
    [InlineData("exactly8", 8, "exactly8")]
    [InlineData("too long for it", 8, "too lon…")]
    [InlineData("123456😀9", 8, "123456…")]
    public void A_balloon_has_as_much_of_a_text_as_there_is_room_for(string text, int limit, string shown) => Assert.Equal(shown, BalloonNotifier.Fit(text, limit));
}
