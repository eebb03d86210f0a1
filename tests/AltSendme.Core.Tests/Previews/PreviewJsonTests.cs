using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AltSendme.Abstractions;
using AltSendme.Core.Previews;
using AltSendme.Core.Sending;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Previews;

public sealed class PreviewJsonTests
{
    /// <summary>As the AltSendme app writes it (its engine, types.rs).</summary>
    private const string FromTheApp = """{"file_name":"cat.png","item_count":2,"size":70000,"thumbnail":"data:image/jpeg;base64,AAAA","mime_type":"application/x-iroh-collection","items":[{"file_name":"cat.png","size":69000,"thumbnail":"data:image/jpeg;base64,AAAA","mime_type":"image/png"},{"file_name":"docs","size":1000,"mime_type":"inode/directory"}]}""";

    [Fact]
    public void A_preview_of_the_app_is_understood()
    {
        Assert.True(Read(FromTheApp, out var preview));

        Assert.Equal(("cat.png", 2L, 70_000L, "application/x-iroh-collection", "data:image/jpeg;base64,AAAA"), (preview.Name, preview.ItemCount, preview.Bytes, preview.MimeType, preview.Thumbnail));
        Assert.Equal([new PreviewItem("cat.png", 69_000, "image/png", "data:image/jpeg;base64,AAAA"), new PreviewItem("docs", 1000, "inode/directory")], preview.Items);
    }

    [Fact]
    public void Ours_has_the_members_that_the_app_reads_and_no_null()
    {
        var preview = PreviewComposer.Of([new SourceFile("/home/ada/cat.png", "cat.png", 69_000), new SourceFile("/x/docs/a.txt", "docs/a.txt", 400), new SourceFile("/x/docs/b", "docs/b", 600)]);

        var json = JsonNode.Parse(PreviewJson.Write(preview))!;

        Assert.Equal("cat.png", (string?)json["file_name"]);
        Assert.Equal((2, 70_000, "application/x-iroh-collection"), ((int)json["item_count"]!, (long)json["size"]!, (string?)json["mime_type"]));
        Assert.Equal(["cat.png image/png 69000", "docs inode/directory 1000"], json["items"]!.AsArray().Select(static item => $"{item!["file_name"]} {item["mime_type"]} {item["size"]}"));
        Assert.DoesNotContain("null", json.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/home", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_other_transports_are_named_and_nothing_but_such_addresses_is_taken()
    {
        Assert.True(EndpointAddress.TryParse("msquic:192.0.2.1:4433", out var address));
        var ours = PreviewJson.Write(new SharePreview("a", 1, 1) { OtherAddresses = [address] });
        Assert.Contains("\"altsendme_addresses\":[\"msquic:192.0.2.1:4433\"]", Encoding.UTF8.GetString(ours), StringComparison.Ordinal);
        Assert.True(PreviewJson.TryRead(ours, out var read, out _));
        Assert.Equal([address], read.OtherAddresses);

        var many = string.Join(',', Enumerable.Range(1, 40).Select(static port => $"\"x:{port}\""));
        Assert.True(Read($$"""{"file_name":"a","item_count":1,"size":1,"altsendme_addresses":[null,"","x","ip:127.0.0.1:1","relay:https://r.example/","{{new string('y', 2000)}}:1",{{many}}]}""", out var hostile));
        Assert.Equal(Enumerable.Range(1, PreviewProtocol.MaxAddresses).Select(static port => $"x:{port}"), hostile.OtherAddresses.Select(static known => $"{known}"));
        Assert.False(Read("""{"file_name":"a","item_count":1,"size":1,"altsendme_addresses":[7]}""", out _));
        Assert.False(Read("""{"file_name":"a","item_count":1,"size":1,"altsendme_addresses":"x:1"}""", out _));
    }

    [Fact]
    public void One_file_is_described_by_the_preview_itself_as_the_app_does_it()
    {
        var preview = PreviewComposer.Of([new SourceFile("/a/report.PDF", "report.PDF", 5)]);

        Assert.Equal(("report.PDF", 1L, 5L, "application/pdf", 0), (preview.Name, preview.ItemCount, preview.Bytes, preview.MimeType, preview.Items.Count));
    }

    [Fact]
    public void A_million_long_names_still_fit_the_limit()
    {
        var items = Enumerable.Range(0, 60_000).Select(static i => new PreviewItem($"{i}{new string('\u00FC', 100)}", i)).ToArray();

        var json = PreviewJson.Write(new SharePreview("first", items.Length, 7) { Items = items });

        Assert.InRange(json.Length, PreviewProtocol.MaxAnswerSize / 2, PreviewProtocol.MaxAnswerSize);
        Assert.True(PreviewJson.TryRead(json, out var read, out _));
        Assert.Equal((60_000L, true), (read.ItemCount, read.Items.Count < items.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"file_name":"a","item_count":1}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":-1}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1e30}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":18446744073709551615}""")]
    [InlineData("""{"file_name":"a","item_count":-1,"size":1}""")]
    [InlineData("""{"file_name":null,"item_count":1,"size":1}""")]
    [InlineData("""{"file_name":"\ud800","item_count":1,"size":1}""")]
    [InlineData("""{"file_name":["a"],"item_count":1,"size":1}""")]
    [InlineData("""{"file_name":"a","item_count":"1","size":1}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1,"items":{}}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1,"items":[1]}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1,"items":[{"file_name":"b"}]}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1,"thumbnail":7}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1} {}""")]
    [InlineData("""{"file_name":"a","item_count":1,"size":1,"more":[[[[[[[[[[[]]]]]]]]]]]}""")]
    public void What_is_no_preview_is_refused_with_a_reason(string text)
    {
        Assert.False(PreviewJson.TryRead(Encoding.UTF8.GetBytes(text), out _, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void A_name_of_more_than_four_kilobytes_is_refused() => Assert.False(Read($$"""{"file_name":"{{new string('n', 4097)}}","item_count":1,"size":1}""", out _));

    [Fact]
    public void Depth_of_a_million_costs_nothing() => Assert.False(PreviewJson.TryRead(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 1_000_000)), out _, out _));

    [Theory]
    [InlineData("http://elsewhere.example/cat.png")]
    [InlineData("data:text/html,<script>")]
    [InlineData("data:image/png;base64,AA \\u001b[2J")]
    public void A_picture_that_is_none_is_left_out_and_the_rest_is_kept(string thumbnail)
    {
        Assert.True(Read($$"""{"file_name":"a","item_count":1,"size":1,"thumbnail":"{{thumbnail}}","mime_type":"<b>"}""", out var preview));

        Assert.Null(preview.Thumbnail);
        Assert.Null(preview.MimeType);
    }

    [Fact]
    public void A_picture_beyond_the_limit_is_left_out()
    {
        Assert.True(Read($$"""{"file_name":"a","item_count":1,"size":1,"thumbnail":"data:image/png;base64,{{new string('A', PreviewJson.MaxThumbnailLength)}}"}""", out var preview));

        Assert.Null(preview.Thumbnail);
    }

    /// <summary>The entry for any fuzzer: whatever is accepted is written in a way that is read as the same, whatever is refused has a reason, nothing throws.</summary>
    [Fact]
    public void Damaged_previews_are_read_or_refused() =>
        Seeds.Run(400, random =>
        {
            var bytes = Encoding.UTF8.GetBytes(FromTheApp);
            for (var i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "{}[]\",:0123456789-eE\\u"[random.Next(22)]);
            Check(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
        });

    private static void Check(byte[] bytes)
    {
        if (!PreviewJson.TryRead(bytes, out var preview, out var reason))
        {
            Assert.NotEmpty(reason);
            return;
        }

        Assert.True(PreviewJson.TryRead(PreviewJson.Write(preview), out var again, out _));
        Assert.Equal(JsonSerializer.Serialize(preview), JsonSerializer.Serialize(again));
    }

    private static bool Read(string text, out SharePreview preview)
    {
        var isRead = PreviewJson.TryRead(Encoding.UTF8.GetBytes(text), out var read, out _);
        preview = read!;
        return isRead;
    }
}
