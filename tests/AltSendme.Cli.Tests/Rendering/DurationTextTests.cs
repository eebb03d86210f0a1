using System.Globalization;
using AltSendme.Cli.Rendering;

namespace AltSendme.Cli.Tests.Rendering;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("00:00:00", "0.0 s")]
    [InlineData("00:00:00.4", "0.4 s")]
    [InlineData("00:00:09.94", "9.9 s")]
    [InlineData("00:00:09.95", "10 s")]
    [InlineData("00:00:59.4", "59 s")]
    [InlineData("00:01:00", "1 min 0 s")]
    [InlineData("00:03:05", "3 min 5 s")]
    [InlineData("00:59:59.9", "59 min 59 s")]
    [InlineData("02:10:30", "2 h 10 min")]
    [InlineData("3.23:59:00", "95 h 59 min")]
    [InlineData("4.00:00:00", "4 days")]
    public void A_time_is_told_as_exactly_as_a_person_wants_it(string time, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.Parse(time, CultureInfo.InvariantCulture)));
}
