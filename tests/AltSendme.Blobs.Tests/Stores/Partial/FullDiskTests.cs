namespace AltSendme.Blobs.Tests.Stores.Partial;

public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task A_full_disk_is_told_with_the_files_name_and_what_was_verified_is_used_after_space_is_made()
    {
        using var folder = new TemporaryFolder();
        using var receiver = ChildProgram.StartOnSmallDisk(folder.Path);

        var lines = (await receiver.StandardOutput.ReadToEndAsync()).Split('\n');
        await receiver.WaitForExitAsync();

        Assert.Equal(0, receiver.ExitCode);
        Assert.Contains("No space left on device", lines[0], StringComparison.Ordinal);
        Assert.Contains("file.bin", lines[0], StringComparison.Ordinal);
        Assert.Equal(["kept True", "whole"], lines[1..3]);
    }
}
